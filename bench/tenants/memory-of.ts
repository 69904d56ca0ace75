// SPDX-License-Identifier: Apache-2.0
/** Resident memory of the product's processes, found among the descendants of its supervisor (Linux only). */
import { readdirSync, readFileSync } from 'node:fs'

/** Megabytes resident now of the descendant of `ancestor` whose command line contains `words`; 0 when there is none. */
export function memoryOf(ancestor: number, words: string): number {
  const pid = descendantsOf(ancestor).find((each) => read(each, 'cmdline').replaceAll('\0', ' ').includes(words))
  if (pid === undefined) return 0
  return (Number(/VmRSS:\s+(\d+) kB/.exec(read(pid, 'status'))?.[1] ?? 0) * 1024) / 1e6
}

function descendantsOf(ancestor: number): readonly number[] {
  const children = new Map<number, number[]>()
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = Number(/PPid:\s+(\d+)/.exec(read(Number(entry), 'status'))?.[1] ?? 0)
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)])
  }
  const below = (pid: number): readonly number[] => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)])
  return below(ancestor)
}

/** Empty when the process has ended meanwhile. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
