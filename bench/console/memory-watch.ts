// SPDX-License-Identifier: Apache-2.0
/** Memory and processor time of a process with its children, from /proc. */
import { readdirSync, readFileSync } from 'node:fs'
import { cpuSeconds } from '../gateway/process-cpu.ts'

/** Samples every quarter of a second until `stop`, which answers the resident memory in MiB. */
export function watchMemory(processId: number): { stop(): readonly number[] } {
  const samples: number[] = []
  const timer = setInterval(() => samples.push(residentMiB(processId)), 250)
  return {
    stop: () => {
      clearInterval(timer)
      return samples
    },
  }
}

/** Processor seconds of the process and the children that it has now. */
export function cpuOfAll(processId: number): number {
  return [processId, ...childrenOf(processId)].reduce((sum, each) => sum + cpuSeconds(each), 0)
}

/** Resident memory in MiB of the process and the children that it has now. */
export function residentMiB(processId: number): number {
  const own = [processId, ...childrenOf(processId)]
  return own.reduce((sum, each) => sum + residentOf(each), 0)
}

function childrenOf(processId: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter(
      (each) =>
        read(`/proc/${each}/stat`)
          .replace(/^.*\) /, '')
          .split(' ')[1] === String(processId),
    )
}

function residentOf(processId: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${processId}/status`))?.[1] ?? 0) / 1024
}

/** Processes end while they are looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
