// SPDX-License-Identifier: Apache-2.0
/** What a process has used, read from `/proc` (Linux only): processor time and the peak of its memory. */
import { readFileSync } from 'node:fs'

/** Ticks per second in `/proc/<pid>/stat`; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

/** Processor seconds, user and system, of all threads of `pid` since it started. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the program's name in parentheses and may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

/** The most memory `pid` has had resident, in bytes. */
export function peakMemoryBytes(pid: number): number {
  const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(match?.[1] ?? 0) * 1024
}
