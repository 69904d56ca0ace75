// SPDX-License-Identifier: Apache-2.0
/** One process per file, and nobody locked out by a dead one. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LockOutcome, lockFile, tryLockFile } from './lock-file.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaas-process-lock-'))
  file = join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

function held(outcome: LockOutcome) {
  if (outcome.kind !== 'held') throw new Error(`It is taken by process ${outcome.pid}.`)
  return outcome
}

test('a second taker is told who has it, and may have it afterwards', () => {
  const first = held(tryLockFile(file))
  expect(tryLockFile(file)).toEqual({ kind: 'taken', pid: process.pid })
  first.release()
  held(tryLockFile(file, 4711))
  expect(tryLockFile(file), 'the process that people know').toEqual({ kind: 'taken', pid: 4711 })
})

test('nothing is left in the folder when it is free again', () => {
  held(tryLockFile(file)).release()
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  ['a process that is gone', () => JSON.stringify({ pid: gone() })],
  ['a process whose number belongs to another one now', () => JSON.stringify({ pid: process.ppid, started: '1' })],
  ['a process that died while it wrote', () => '{"pi'],
  ['a machine that lost its power while it wrote', () => ''],
  ['something that is no lock', () => 'null'],
])('the lock of %s is taken over by one', (_, content) => {
  writeFileSync(file, content())
  const lock = held(tryLockFile(file))
  expect(tryLockFile(file)).toMatchObject({ kind: 'taken', pid: process.pid })
  lock.release()
  expect(readdirSync(folder)).toEqual([])
})

test('a process that died while it took a dead lock over locks nobody out', () => {
  const dead = JSON.stringify({ pid: gone() })
  const guard = `${file}.${createHash('sha256').update(dead).digest('hex').slice(0, 16)}.guard`
  writeFileSync(file, dead)
  writeFileSync(guard, JSON.stringify({ pid: gone() }))
  writeFileSync(`${file}.${gone()}.0123.draft`, dead)
  held(tryLockFile(file)).release()
  expect(readdirSync(folder), 'and nothing is left of it').toEqual([])
})

test('a dead lock that a living process takes over just now is left to that one', () => {
  const dead = JSON.stringify({ pid: gone() })
  const guard = `${file}.${createHash('sha256').update(dead).digest('hex').slice(0, 16)}.guard`
  writeFileSync(file, dead)
  writeFileSync(guard, JSON.stringify({ pid: process.ppid }))
  expect(tryLockFile(file)).toEqual({ kind: 'taken', pid: process.ppid })
  expect(readFileSync(file, 'utf8')).toBe(dead)
})

test('a lock that another process took over meanwhile is not given free', () => {
  const lock = held(tryLockFile(file))
  const other = JSON.stringify({ pid: process.ppid })
  writeFileSync(file, other)
  lock.release()
  expect(readFileSync(file, 'utf8')).toBe(other)
})

test('the lock of a process that dies just now is waited for, and that of a living one only so long', async () => {
  const owner = spawn('sleep', ['60'])
  writeFileSync(file, JSON.stringify({ pid: owner.pid }))
  expect(await lockFile(file, { waitMs: 100 })).toEqual({ kind: 'taken', pid: owner.pid })
  setTimeout(() => owner.kill('SIGKILL'), 100)
  held(await lockFile(file, { waitMs: 20_000 })).release()
})

function gone(): number {
  return spawnSync('true').pid
}
