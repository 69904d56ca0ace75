// SPDX-License-Identifier: Apache-2.0
/** One running product per state directory: a lock file that names its process and outlives no crash. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { KaasError } from '@kaas/errors'

interface Holder {
  readonly pid: number
  /** When the process started, in the system's ticks; tells a process from a later one with the same number. */
  readonly startedAt: string | undefined
}

/** A lock that is held until `release`. */
export interface StateLock {
  release(): void
}

/**
 * Takes the lock. Throws `state-locked`, which names the process and what to do, while another product runs on this
 * directory; a lock left by a killed one is taken over.
 */
export function lockState(file: string, directory: string): StateLock {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const own: Holder = { pid: process.pid, startedAt: startOf(process.pid) }
  while (!tryWrite(file, own)) {
    const holder = readHolder(file)
    if (holder !== undefined && isRunning(holder)) throw alreadyRunning(directory, holder.pid)
    rmSync(file, { force: true })
  }
  return { release: () => rmSync(file, { force: true }) }
}

function tryWrite(file: string, holder: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined // Cut short by a crash, or released meanwhile.
  }
}

function isRunning(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return holder.startedAt === undefined || startOf(holder.pid) === holder.startedAt
}

/** Field 22 of `/proc/<pid>/stat`; undefined where the system has no such file. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

function alreadyRunning(directory: string, pid: number): KaasError {
  return new KaasError('state-locked', {
    message: `KaaS runs already on ${directory}, as process ${pid}.`,
    help: `Use it as it is, end it with Ctrl-C or "kill ${pid}", or start a second one with KAAS_STATE_DIR and ports of its own.`,
  })
}
