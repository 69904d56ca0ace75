// SPDX-License-Identifier: Apache-2.0
/**
 * A file that says which process has something for itself. It appears with its content or not at all, and the file of a dead process is
 * replaced by exactly one other: whoever holds the guard that is named after the dead content. A guard is such a file itself, so that a
 * process that dies while it takes over locks nobody out.
 */
import { createHash, randomBytes } from 'node:crypto'
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identityOf, isAlive } from './process-identity.ts'

/** A lock that this process holds until it gives it free or ends. */
export interface HeldLock {
  readonly kind: 'held'
  /** Gives it free; nothing happens the second time. */
  readonly release: () => void
}

/** `taken` by a living process; `pid` is the one to tell people. */
export type LockOutcome = HeldLock | { readonly kind: 'taken'; readonly pid: number }

/** How a lock is taken. */
export interface LockOptions {
  /** The process that people know, when the owner is only its helper. The owner when absent. */
  readonly shown?: number | undefined
  /** How long to wait for a living owner, in milliseconds; 0 when absent. */
  readonly waitMs?: number
}

const PAUSE_MS = 50
/** Ends of the names of files beside the lock: what becomes a lock in one move, and who replaces a dead one. */
const [DRAFT, GUARD] = ['.draft', '.guard']

/** Takes the lock as `tryLockFile` does, and waits for an owner that gives it free or dies. */
export async function lockFile(file: string, { shown, waitMs = 0 }: LockOptions = {}): Promise<LockOutcome> {
  const deadline = performance.now() + waitMs
  for (;;) {
    const outcome = tryLockFile(file, shown)
    if (outcome.kind === 'held' || performance.now() >= deadline) return outcome
    await sleep(PAUSE_MS)
  }
}

/**
 * Takes the lock unless a living process has it, this one included. The folder of the file must exist. Throws what the file system
 * throws; it must know hard links.
 */
export function tryLockFile(file: string, shown = process.pid): LockOutcome {
  const owner = livingOwner(contentOf(file))
  if (owner !== undefined) return { kind: 'taken', pid: owner.shown }
  const nonce = randomBytes(8).toString('hex')
  const content = JSON.stringify({ ...identityOf(), shown, nonce })
  const draft = `${file}.${process.pid}.${nonce}${DRAFT}`
  writeFileSync(draft, content, { mode: 0o600 })
  try {
    const outcome = take(file, draft, content)
    if (outcome.kind === 'held') removeAbandoned(file)
    return outcome
  } finally {
    rmSync(draft, { force: true })
  }
}

function take(file: string, draft: string, content: string): LockOutcome {
  while (!tryLink(draft, file)) {
    const found = contentOf(file)
    if (found === undefined) continue // Given free meanwhile.
    const owner = livingOwner(found)
    if (owner !== undefined) return { kind: 'taken', pid: owner.shown }
    const guard = `${file}.${createHash('sha256').update(found).digest('hex').slice(0, 16)}${GUARD}`
    const guarding = tryLockFile(guard)
    if (guarding.kind === 'taken') return { kind: 'taken', pid: guarding.pid }
    try {
      // Under the guard of its content a dead file is replaced by nobody else.
      if (contentOf(file) !== found) continue
      renameSync(draft, file)
      break
    } finally {
      guarding.release()
    }
  }
  return { kind: 'held', release: () => contentOf(file) === content && rmSync(file, { force: true }) }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Undefined when there is no such file. */
function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Undefined when it is dead, and for what no process wrote to its end. */
function livingOwner(content = '') {
  try {
    const { pid, started, shown = pid } = JSON.parse(content)
    const owner = { pid, started: started === undefined ? undefined : String(started), shown }
    return isAlive(owner) ? owner : undefined
  } catch {
    return undefined
  }
}

/** What processes left that died while they took the lock. Whoever has the lock may: a guard of an earlier content decides nothing more. */
function removeAbandoned(file: string): void {
  const folder = dirname(file)
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(file)}.`)) continue
    const path = join(folder, name)
    const isDraft = name.endsWith(DRAFT) && !isAlive({ pid: Number(name.split('.').at(-3)) })
    const isGuard = name.endsWith(GUARD) && livingOwner(contentOf(path)) === undefined
    if (isDraft || isGuard) rmSync(path, { force: true })
  }
}
