// SPDX-License-Identifier: Apache-2.0
/** One process per state directory, and none locked out by a dead one. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockDirectory } from './directory-lock.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kaas-lock-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

it('a second opener is told who has it and what to do', async () => {
  const release = await lockDirectory(directory)
  await expect(lockDirectory(directory)).rejects.toMatchObject({
    code: 'state-locked',
    message: expect.stringContaining(`in use by the process with id ${process.pid}`),
    help: expect.stringContaining('KAAS_STATE_DIR'),
  })
  release()
  const again = await lockDirectory(directory)
  again()
  expect(existsSync(join(directory, 'lock'))).toBe(false)
})

it.each([
  ['a process that is gone', () => JSON.stringify({ pid: goneProcess() })],
  ['a process whose id belongs to another one now', () => JSON.stringify({ pid: process.ppid, started: '1' })],
  ['a process that died while it wrote', () => '{"pi'],
  ['nobody', () => ''],
])('the lock of %s is taken over', async (_, content) => {
  writeFileSync(join(directory, 'lock'), content())
  const release = await lockDirectory(directory)
  expect(JSON.parse(readFileSync(join(directory, 'lock'), 'utf8')).pid).toBe(process.pid)
  await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'state-locked' })
  release()
})

it('a lock that another process took over meanwhile is not removed', async () => {
  const release = await lockDirectory(directory)
  writeFileSync(join(directory, 'lock'), JSON.stringify({ pid: process.ppid }))
  release()
  expect(existsSync(join(directory, 'lock'))).toBe(true)
})

it('the lock of a process that dies just now is waited for', async () => {
  const owner = spawn('sleep', ['60'])
  writeFileSync(join(directory, 'lock'), JSON.stringify({ pid: owner.pid }))
  setTimeout(() => owner.kill('SIGKILL'), 100)
  const release = await lockDirectory(directory)
  release()
})

function goneProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid
}
