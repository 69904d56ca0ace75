// SPDX-License-Identifier: Apache-2.0
/** Groups in words. */

/** `0–3, 7`: numbers of partitions, runs of them joined. */
export function sayPartitions(partitions: readonly number[]): string {
  const sorted = [...partitions].sort((one, other) => one - other)
  const runs: [number, number][] = []
  for (const partition of sorted) {
    const last = runs.at(-1)
    if (last !== undefined && partition === last[1] + 1) last[1] = partition
    else runs.push([partition, partition])
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ')
}

/** The sum of lags that are known; undefined when none is. Texts, since these are 64-bit numbers. */
export function sumOfLags(lags: readonly (string | undefined)[]): string | undefined {
  const known = lags.filter((lag): lag is string => lag !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, lag) => sum + BigInt(lag), 0n).toString()
}

/** By how much an offset moves: `+1,200`, `-3`, `unchanged`. Undefined when there was none before. */
export function sayMove(before: string | undefined, after: string): string | undefined {
  if (before === undefined) return undefined
  const by = BigInt(after) - BigInt(before)
  if (by === 0n) return 'unchanged'
  return `${by > 0n ? '+' : ''}${by.toLocaleString('en')}`
}
