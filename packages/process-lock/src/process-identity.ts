// SPDX-License-Identifier: Apache-2.0
/** A process of this machine, told from a later one with the same number. */
import { readFileSync } from 'node:fs'

/** A process, as it is written into files. */
export interface ProcessIdentity {
  readonly pid: number
  /** When it started, in ticks of the kernel; undefined where the system does not say (anything but Linux). */
  readonly started?: string | undefined
}

/** The identity of a running process, of this one when `pid` is absent. */
export function identityOf(pid: number = process.pid): ProcessIdentity {
  const started = statOf(pid)?.[START]
  return started === undefined ? { pid } : { pid, started }
}

/** Whether that very process runs. A killed one counts as dead before its parent has asked for its end. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  // Zero and negative numbers mean groups of processes to kill(2).
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const fields = statOf(pid)
  if (fields === undefined) return true
  return fields[STATE] !== DEAD && (started === undefined || started === fields[START])
}

/** Places in what `statOf` returns. */
const STATE = 0
const START = 19
/** The state of a process that has ended and waits for its parent. */
const DEAD = 'Z'

/** The fields of `/proc/<pid>/stat` from the third on; the name before them may hold blanks and brackets. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
