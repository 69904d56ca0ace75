// SPDX-License-Identifier: Apache-2.0
/** What a table knows of a column. The same description makes the cell, the head, the CSV and the card on a small screen. */
import type { ReactNode } from 'react'

/** One column. */
export interface Column<Row> {
  /** Short and stable: it is in addresses and preferences. */
  readonly id: string
  readonly header: string
  /** The text for CSV, and for the cell unless `cell` shows it otherwise. */
  readonly text: (row: Row) => string
  readonly cell?: (row: Row) => ReactNode
  /** A track of a CSS grid; `minmax(120px, 1fr)` when absent. Give numbers a fixed one. */
  readonly width?: string
  readonly align?: 'end'
  /** The word by which the server sorts, or that `sortRows` knows; absent where it cannot be sorted by. */
  readonly sort?: string
  /** Not shown until chosen. */
  readonly hidden?: boolean
}

/** The ids shown: those of the address, else those the person has not hidden, else those not hidden by themselves. */
export function shownColumns<Row>(
  columns: readonly Column<Row>[],
  fromAddress: string,
  hiddenByPerson: readonly string[] | undefined,
): readonly Column<Row>[] {
  const wanted = fromAddress === '' ? undefined : new Set(fromAddress.split(','))
  const shown = columns.filter(({ id, hidden }) => {
    if (wanted !== undefined) return wanted.has(id)
    return hiddenByPerson === undefined ? hidden !== true : !hiddenByPerson.includes(id)
  })
  return shown.length === 0 ? columns.slice(0, 1) : shown
}

const USUAL_WIDTH = 'minmax(120px, 1fr)'

/** The tracks of a CSS grid, and how wide it is at least: known before any row is, so that long texts move nothing. */
export function tracksOf<Row>(columns: readonly Column<Row>[]): { readonly template: string; readonly leastWidth: number } {
  const tracks = columns.map(({ width }) => width ?? USUAL_WIDTH)
  const least = tracks.map((track) => Number(/(\d+)px/.exec(track)?.[1] ?? 0))
  return { template: tracks.join(' '), leastWidth: least.reduce((sum, pixels) => sum + pixels, 0) }
}

/** Rows in the order of `sort` (`lag`, `-lag`), by numbers or texts. For lists that are complete; long ones are sorted by the server. */
export function sortRows<Row>(
  rows: readonly Row[],
  sort: string,
  values: Readonly<Record<string, (row: Row) => number | string | undefined>>,
): readonly Row[] {
  const keyOf = values[sort.replace(/^-/, '')]
  if (keyOf === undefined) return rows
  const direction = sort.startsWith('-') ? -1 : 1
  return [...rows].sort((a, b) => direction * compare(keyOf(a), keyOf(b)))
}

/** What is not known comes last upwards. */
function compare(a: number | string | undefined, b: number | string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'en', { numeric: true })
}
