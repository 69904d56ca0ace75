// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { identityOf, isAlive } from './process-identity.ts'

test.each([
  ['this process', () => identityOf(), true],
  ['a process of somebody else, as far as its number tells', () => ({ pid: 1 }), true],
  ['a process that has ended', () => ({ pid: spawnSync('true').pid }), false],
  ['a later process with the number of an earlier one', () => ({ pid: process.ppid, started: '1' }), false],
  ['the group that zero means to kill(2)', () => ({ pid: 0 }), false],
  ['the group that a negative number means', () => ({ pid: -process.pid }), false],
  ['a number that no process has', () => ({ pid: Number.NaN }), false],
])('%s', (_, identity, alive) => {
  expect(isAlive(identity())).toBe(alive)
})

test('a process that was killed counts as dead while its parent has not asked for its end', async () => {
  // The shell becomes a program that never asks for the end of its child.
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(parent.stdout, 'data')
  await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim()).toBe('sleep')
  const child = identityOf(Number(String(line)))
  expect(isAlive(child)).toBe(true)
  process.kill(child.pid, 'SIGKILL')
  await expect.poll(() => isAlive(child)).toBe(false)
  expect(() => process.kill(child.pid, 0), 'its number is still taken').not.toThrow()
  parent.kill('SIGKILL')
})
