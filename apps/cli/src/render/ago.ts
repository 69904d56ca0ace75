// SPDX-License-Identifier: Apache-2.0
/** Times in tables: how long ago, in one unit. Exact times are for yaml and json. */
const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const

/** `2m ago`, `just now` below a second and for clocks that are ahead, `-` for what is no time. */
export function renderAgo(time: string | undefined, nowMs: number): string {
  const then = time === undefined ? Number.NaN : Date.parse(time)
  if (Number.isNaN(then)) return '-'
  const seconds = Math.floor((nowMs - then) / 1000)
  const unit = UNITS.find(([, size]) => seconds >= size)
  return unit === undefined ? 'just now' : `${Math.floor(seconds / unit[1])}${unit[0]} ago`
}
