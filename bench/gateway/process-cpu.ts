// SPDX-License-Identifier: Apache-2.0
/** What a process and those that it started have used, read from `/proc` (Linux only): processor time and memory. */
import { readdirSync, readFileSync } from 'node:fs'

/** Ticks per second in `/proc/<pid>/stat`; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

/** Processor seconds, user and system, of all threads of `pid` and its children since they started. */
export function cpuSeconds(pid: number): number {
  const ticks = withChildren(pid).map((each) => {
    const stat = readFileSync(`/proc/${each}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11]) + Number(fields[12])
  })
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND
}

/** The most memory they have had resident, in bytes. */
export function peakMemoryBytes(pid: number): number {
  return memoryBytes(pid, 'VmHWM')
}

/** The memory they have resident now, in bytes. */
export function residentBytes(pid: number): number {
  return memoryBytes(pid, 'VmRSS')
}

function memoryBytes(pid: number, field: 'VmHWM' | 'VmRSS'): number {
  const kilobytes = withChildren(pid).map((each) => {
    const match = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${each}/status`, 'utf8'))
    return Number(match?.[1] ?? 0)
  })
  return kilobytes.reduce((sum, each) => sum + each, 0) * 1024
}

function withChildren(pid: number): readonly number[] {
  const threads = readdirSync(`/proc/${pid}/task`)
  const children = threads.flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap(withChildren)]
}
