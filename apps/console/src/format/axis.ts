// SPDX-License-Identifier: Apache-2.0
/** Values of charts in words: axes, legends and the sentence for those who do not see the lines. */
import { formatCompact, formatRate, formatSize } from './numbers.ts'

/** Units of series as the API names them. */
export function formatValue(value: number, unit: string): string {
  switch (unit) {
    case 'B/s':
      return formatRate(value)
    case 'B':
      return formatSize(value)
    case '1/s':
      return `${formatCompact(Math.round(value * 10) / 10)}/s`
    default:
      return formatCompact(value)
  }
}

/** A line of a chart: `[milliseconds, value]`, oldest first; null where nothing was heard. */
export interface Line {
  readonly label: string
  readonly points: readonly (readonly [number, number | null])[]
}

/** What a line says: its last value, its highest and when. Undefined without a single value. */
export function extremesOf({
  points,
}: Line): { readonly last: number; readonly highest: number; readonly at: number } | undefined {
  let last: number | undefined
  let highest = Number.NEGATIVE_INFINITY
  let at = 0
  for (const [time, value] of points) {
    if (value === null) continue
    last = value
    if (value > highest) {
      highest = value
      at = time
    }
  }
  return last === undefined ? undefined : { last, highest, at }
}

/** Lines on one common axis of time, as columns: times in seconds, then one column per line. */
export function columnsOf(lines: readonly Line[]): [number[], ...(number | null)[][]] {
  const times = [...new Set(lines.flatMap(({ points }) => points.map(([time]) => time)))].sort((a, b) => a - b)
  const columns = lines.map(({ points }) => {
    const values = new Map(points)
    return times.map((time) => values.get(time) ?? null)
  })
  return [times.map((time) => time / 1000), ...columns]
}
