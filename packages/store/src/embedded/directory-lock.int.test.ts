// SPDX-License-Identifier: Apache-2.0
/** One process per state directory, and none locked out by a dead one. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
  const release = await lockDirectory(directory, 4711)
  await expect(lockDirectory(directory)).rejects.toMatchObject({
    code: 'state-locked',
    message: expect.stringContaining('in use by the process with id 4711'),
    help: expect.stringContaining('KAAS_STATE_DIR'),
  })
  release()
  const again = await lockDirectory(directory)
  again()
})

it('the directory of a process that was killed is taken over', async () => {
  writeFileSync(join(directory, 'lock'), JSON.stringify({ pid: spawnSync('true').pid }))
  const release = await lockDirectory(directory)
  release()
})
