// SPDX-License-Identifier: Apache-2.0
/**
 * Folders that are made once and kept in the user's cache: jars, class archives, Python environments. A folder appears
 * complete or not at all, because it is built beside its place and renamed into it; the lock only saves double work.
 */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { KaasError } from '@kaas/errors'
import { lockFile } from '@kaas/process-lock'

const LOCK_TIMEOUT_MS = 900_000

/** Where the product keeps what it can make again: `$XDG_CACHE_HOME/kaas` or `~/.cache/kaas`. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kaas')
}

/**
 * The folder `name` of the cache, built by `build(folder)` when it is not there. Safe with parallel callers in several
 * processes: one builds, the others wait. What `build` throws is passed on and leaves nothing behind. `build` writes to the
 * folder it gets, which is renamed afterwards: what it writes must not hold that path; for content that does (a Python
 * environment), pass `inPlace`, and the folder is built at its final path and marked complete at the end.
 * Callers wait `lockTimeoutMs` for another builder (15 minutes when absent), then throw `wait-timeout`.
 */
export async function cachedFolder(
  name: string,
  build: (folder: string) => Promise<void>,
  options: { readonly inPlace?: boolean; readonly lockTimeoutMs?: number } = {},
): Promise<string> {
  const folder = join(cacheFolder(), name)
  const done = options.inPlace ? join(folder, '.complete') : folder
  if (existsSync(done)) return folder
  mkdirSync(dirname(folder), { recursive: true })
  await withLock(`${folder}.lock`, options.lockTimeoutMs ?? LOCK_TIMEOUT_MS, async () => {
    if (existsSync(done)) return
    const place = options.inPlace ? folder : `${folder}.${process.pid}.part`
    rmSync(place, { recursive: true, force: true })
    mkdirSync(place, { recursive: true })
    try {
      await build(place)
      if (options.inPlace) closeSync(openSync(done, 'w'))
      else renameSync(place, folder)
    } catch (error) {
      rmSync(place, { recursive: true, force: true })
      throw error
    }
  })
  return folder
}

async function withLock(path: string, timeoutMs: number, run: () => Promise<void>): Promise<void> {
  const lock = await lockFile(path, { waitMs: timeoutMs })
  if (lock.kind === 'taken') throw stillLocked(path, lock.pid, timeoutMs)
  try {
    await run()
  } finally {
    lock.release()
  }
}

function stillLocked(path: string, pid: number, timeoutMs: number): KaasError {
  return new KaasError('wait-timeout', {
    message: `Process ${pid} has been building what ${path} guards for ${Math.round(timeoutMs / 60_000)} minutes.`,
    help: `Wait for it, or end it with "kill ${pid}" when it does not go on.`,
  })
}
