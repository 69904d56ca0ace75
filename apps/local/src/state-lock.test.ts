// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockState } from './state-lock.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'kaas-lock-'))

test('a second product on the same state is refused, and told which process runs and what to do', () => {
  const folder = newFolder()
  const lock = lockState(join(folder, 'lock'), folder)
  expect(() => lockState(join(folder, 'lock'), folder)).toThrow(
    expect.objectContaining({
      code: 'state-locked',
      message: expect.stringContaining(String(process.pid)),
      help: expect.stringContaining('KAAS_STATE_DIR'),
    }),
  )
  lock.release()
  expect(existsSync(join(folder, 'lock'))).toBe(false)
})

test('a lock left by a killed process is taken over', () => {
  const folder = newFolder()
  const { pid } = spawnSync('true')
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid }))
  lockState(join(folder, 'lock'), folder).release()
})
