// SPDX-License-Identifier: Apache-2.0
/** Minimum, median and maximum of a few rounds, as every result is given. */

/** The three numbers of one cell. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

/** The spread of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const median =
    sorted.length % 2 === 1
      ? (sorted[Math.floor(middle)] as number)
      : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
  return { min: sorted[0] as number, median, max: sorted.at(-1) as number }
}

/** `1.23 (1.20–1.31)`: the median, and minimum and maximum behind it. */
export function renderSpread(spread: Spread, digits = 2): string {
  const [median, min, max] = [spread.median, spread.min, spread.max].map((value) => value.toFixed(digits))
  return `${median} (${min}–${max})`
}

/** A Markdown table. */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map((_, index) => (index === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}
