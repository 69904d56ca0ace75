// SPDX-License-Identifier: Apache-2.0
/**
 * One process per state directory. The embedded database itself does not notice a second opener and would be destroyed by it,
 * so a file with the owner's process id stands guard. A file of a process that is gone is taken over.
 */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KaasError } from '@kaas/errors'

const FILE = 'lock'
/** Older than this, a take-over that did not finish belongs to a process that died in it. */
const TAKE_OVER_MS = 10_000

interface Owner {
  readonly pid: number
  /** Start time of the process as the kernel counts it; tells a process from a later one with the same id. Linux only. */
  readonly started: string | undefined
  /** The process that a user knows, when the owner is only its helper. */
  readonly shown?: number
}

/** A process that was just killed is seen alive until the kernel has cleared it away. */
const DYING_MS = 1000
const PAUSE_MS = 50

/**
 * Takes the lock for this process, waiting a moment for an owner that is dying. Returns how to release it. Others are told the id
 * `shown`. Throws `state-locked` with the id of the owner.
 */
export async function lockDirectory(directory: string, shown = process.pid): Promise<() => void> {
  const deadline = performance.now() + DYING_MS
  for (;;) {
    try {
      return tryLock(directory, shown)
    } catch (error) {
      if (!(error instanceof KaasError) || performance.now() > deadline) throw error
      await sleep(PAUSE_MS)
    }
  }
}

function tryLock(directory: string, shown: number): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, FILE)
  if (!tryCreate(file, shown) && !takeOver(file, shown)) throw lockedError(directory, readOwner(file))
  return () => {
    if (readOwner(file)?.pid === process.pid) rmSync(file, { force: true })
  }
}

function tryCreate(file: string, shown: number): boolean {
  try {
    const descriptor = openSync(file, 'wx', 0o600)
    const owner: Owner = { pid: process.pid, started: statOf(process.pid)?.[START], shown }
    writeSync(descriptor, JSON.stringify(owner))
    closeSync(descriptor)
    return true
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false
    throw error
  }
}

/** Two processes may find the same dead owner; the guard file lets only one of them remove it. */
function takeOver(file: string, shown: number): boolean {
  if (isAlive(readOwner(file))) return false
  const guard = `${file}.takeover`
  if (ageMs(guard) > TAKE_OVER_MS) rmSync(guard, { force: true })
  if (!tryCreate(guard, shown)) return false
  try {
    if (isAlive(readOwner(file))) return false
    if (ageMs(file) >= 0) renameSync(file, `${file}.dead`)
    rmSync(`${file}.dead`, { force: true })
    return tryCreate(file, shown)
  } finally {
    rmSync(guard, { force: true })
  }
}

function readOwner(file: string): Owner | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || typeof owner.pid !== 'number') return undefined
    const shown = 'shown' in owner && typeof owner.shown === 'number' ? { shown: owner.shown } : {}
    return { pid: owner.pid, started: 'started' in owner ? String(owner.started) : undefined, ...shown }
  } catch (error) {
    if (isSystemError(error, 'ENOENT') || error instanceof SyntaxError) return undefined
    throw error
  }
}

function isAlive(owner: Owner | undefined): boolean {
  if (owner === undefined) return false
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if (!isSystemError(error, 'EPERM')) return false
  }
  const fields = statOf(owner.pid)
  if (fields === undefined) return true
  return fields[STATE] !== 'Z' && (owner.started === undefined || owner.started === fields[START])
}

/** Places in what `statOf` returns: state (Z is dead, waiting for its parent) and start time. */
const STATE = 0
const START = 19

/** The fields of /proc/PID/stat from the third on; the name before them may hold blanks and brackets. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** Milliseconds since the file was written, -1 when there is none. */
function ageMs(file: string): number {
  const status = statSync(file, { throwIfNoEntry: false })
  return status === undefined ? -1 : Math.max(0, Date.now() - status.mtimeMs)
}

function lockedError(directory: string, owner: Owner | undefined): KaasError {
  const who = owner === undefined ? 'another process' : `the process with id ${owner.shown ?? owner.pid}`
  return new KaasError('state-locked', {
    message: `The database in ${directory} is in use by ${who}.`,
    help: 'Use the instance that runs already, stop it first, or choose another directory with KAAS_STATE_DIR.',
  })
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
