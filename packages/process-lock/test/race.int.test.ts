// SPDX-License-Identifier: Apache-2.0
/** Many processes want one lock, and some die with it: never two of them have it. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const PROGRAM = fileURLToPath(new URL('./take-turns.ts', import.meta.url))

test('of many that find a dead lock, take turns and die with it, never two are inside at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaas-lock-race-'))
  const [lock, inside, faults] = ['lock', 'inside', 'faults'].map((name) => join(folder, name)) as [string, string, string]
  writeFileSync(lock, JSON.stringify({ pid: spawnSync('true').pid }))
  const racers = Array.from({ length: 6 }, (_, at) => {
    const args = [PROGRAM, lock, inside, faults, '60', ...(at < 4 ? ['dies'] : [])]
    return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  })
  const ends = await Promise.all(racers.map((racer) => once(racer, 'exit')))
  expect(existsSync(faults) ? readFileSync(faults, 'utf8') : '').toBe('')
  expect(ends.map(([code, signal]) => signal ?? code).sort()).toEqual([0, 0, 'SIGKILL', 'SIGKILL', 'SIGKILL', 'SIGKILL'])
  expect(readdirSync(folder).filter((name) => name.endsWith('.guard') || name.endsWith('.draft'))).toEqual([])
  rmSync(folder, { recursive: true })
})
