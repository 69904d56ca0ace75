// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { cachedFolder } from './cached-folder.ts'

let cache: string

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'kaas-cache-'))
  vi.stubEnv('XDG_CACHE_HOME', cache)
  return () => vi.unstubAllEnvs()
})

test('what several callers need at the same time is built once and then found', async () => {
  const build = vi.fn(async (folder: string) => {
    await new Promise((resolve) => setTimeout(resolve, 150))
    writeFileSync(join(folder, 'content'), 'made')
  })
  const folders = await Promise.all([1, 2, 3].map(() => cachedFolder('thing', build)))
  expect(build).toHaveBeenCalledTimes(1)
  expect(new Set(folders).size).toBe(1)
  expect(readFileSync(join(folders[0] as string, 'content'), 'utf8')).toBe('made')
})

test('a build that failed leaves nothing behind, and the next one is made', async () => {
  await expect(cachedFolder('thing', () => Promise.reject(new Error('no network')))).rejects.toThrow('no network')
  expect(readdirSync(join(cache, 'kaas'))).toEqual([])
  expect(existsSync(await cachedFolder('thing', async () => {}))).toBe(true)
})

test('a folder that is built in place counts only when it is complete', async () => {
  await cachedFolder('thing', async () => {}, { inPlace: true })
  const build = vi.fn(async () => {})
  await cachedFolder('thing', build, { inPlace: true })
  expect(build).not.toHaveBeenCalled()
})

test('the lock of a process that was killed does not block', async () => {
  await cachedFolder('other', async () => {})
  writeFileSync(join(cache, 'kaas', 'thing.lock'), String(spawnSync('true').pid))
  await cachedFolder('thing', async () => {})
})
