// SPDX-License-Identifier: Apache-2.0
/** One process per local copy: a file that names it and outlives no crash. Two would hand each other half-written states. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KaasError } from '@kaas/errors'

/** Longer than it takes another process to come from its look at the file to its own take-over. */
const SETTLE_MS = 50

/**
 * Takes the lock of a folder and returns what gives it free. Throws `state-locked` while another process has it, or this one by
 * an earlier call; a lock of a dead process is taken over.
 */
export async function lockCopy(directory: string): Promise<() => void> {
  const file = join(directory, 'lock')
  const own = JSON.stringify({ pid: process.pid, started: startOf(process.pid) })
  if (!tryCreate(file, own)) {
    refuseLiving(file, directory)
    writeFileSync(`${file}.${process.pid}`, own, { mode: 0o600 })
    renameSync(`${file}.${process.pid}`, file)
    await sleep(SETTLE_MS)
    if (contentOf(file) !== own) refuseLiving(file, directory)
  }
  return () => {
    if (contentOf(file) === own) rmSync(file, { force: true })
  }
}

function tryCreate(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function refuseLiving(file: string, directory: string): void {
  const owner = ownerIn(contentOf(file))
  if (owner === undefined || !isAlive(owner.pid) || startOf(owner.pid) !== owner.started) return
  throw new KaasError('state-locked', {
    message: `The local copy of the Git repository in ${directory} is in use by process ${owner.pid}.`,
    help: 'Give each process a folder of its own; the copies can be lost at any time.',
  })
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // Given free meanwhile.
  }
}

function ownerIn(content: string): { readonly pid: number; readonly started: string | undefined } | undefined {
  try {
    const { pid, started } = JSON.parse(content)
    return Number.isInteger(pid) ? { pid, started } : undefined
  } catch {
    return undefined // Cut short by a crash.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Field 22 of `/proc/<pid>/stat` tells a process from a later one with the same number; undefined where there is no such file. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
