// SPDX-License-Identifier: Apache-2.0
/** Whether two lots of times can be told apart by whoever measures them: the rank test of Mann and Whitney. Pure. */

/** Standard deviations between what was measured and what equal distributions give; beyond 4 that is no chance. 0 for equal ones. */
export function rankDistance(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, isOne: true })), ...other.map((value) => ({ value, isOne: false }))]
  all.sort((a, b) => a.value - b.value)
  let rankSum = 0
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1
    // Equal values share the mean of their ranks.
    for (let index = from; index < to; index++) if (all[index]?.isOne === true) rankSum += (from + 1 + to) / 2
    from = to
  }
  const [n, m] = [one.length, other.length]
  const u = rankSum - (n * (n + 1)) / 2
  return Math.abs(u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
}

/** The middle value. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
