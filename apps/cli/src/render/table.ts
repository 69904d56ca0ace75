// SPDX-License-Identifier: Apache-2.0
/** Tables of text: columns as wide as their widest cell, cut only as far as the terminal needs it. */

/** One column. Numbers stand right. The column with the most room gives first when the table is too wide. */
export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => string
  readonly align?: 'left' | 'right'
}

const GAP = '  '
const NARROWEST = 6

/** The table with its header line, every line ended. Without `width` nothing is cut. An empty list gives an empty text. */
export function renderTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number | undefined): string {
  if (rows.length === 0) return ''
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ cell }) => oneLine(cell(row))))]
  const natural = columns.map((_, index) => Math.max(...lines.map((line) => lengthOf(line[index] ?? ''))))
  const widths = width === undefined ? natural : fitted(natural, width)
  return lines.map((line) => `${renderLine(line, columns, widths)}\n`).join('')
}

function renderLine<Row>(line: readonly string[], columns: readonly Column<Row>[], widths: readonly number[]): string {
  const cells = columns.map(({ align }, index) => {
    const width = widths[index] ?? 0
    const cell = cut(line[index] ?? '', width)
    const padding = ' '.repeat(width - lengthOf(cell))
    return align === 'right' ? padding + cell : cell + padding
  })
  return cells.join(GAP).trimEnd()
}

/** Takes from the widest column until the line fits or no column can give any more. */
function fitted(natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural]
  let excess = widths.reduce((sum, each) => sum + each, 0) + GAP.length * (widths.length - 1) - width
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths))
    const now = widths[widest] ?? 0
    if (now <= NARROWEST) break
    const second = Math.max(NARROWEST, ...widths.filter((_, index) => index !== widest))
    const give = Math.min(excess, Math.max(1, now - second))
    widths[widest] = now - give
    excess -= give
  }
  return widths
}

function cut(text: string, width: number): string {
  return lengthOf(text) <= width ? text : `${[...text].slice(0, Math.max(0, width - 1)).join('')}…`
}

function lengthOf(text: string): number {
  return [...text].length
}

function oneLine(text: string): string {
  // What others wrote into a description must not command the terminal.
  return text.replace(/\s*\n\s*/g, ' ').replace(/\p{Cc}/gu, '')
}
