// SPDX-License-Identifier: Apache-2.0
/** Tables of text: columns as wide as their widest cell. On a narrow terminal columns of less importance go, then cells are cut. */

/** One column. Numbers stand right. The column with the most room gives first when the table is too wide. */
export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => string
  readonly align?: 'left' | 'right'
  /** When not all columns fit, the one with the highest number goes first. Without a number a column always stays. */
  readonly drop?: number
}

const GAP = '  '
const NARROWEST = 6
/** What a cell needs to be understood: a column is dropped before the others have less. */
const READABLE = 16

/** The table with its header line, every line ended. Without `width` nothing is cut. An empty list gives an empty text. */
export function renderTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number | undefined): string {
  if (rows.length === 0) return ''
  const all = columns.map((column) => {
    const cells = [column.title, ...rows.map((row) => oneLine(column.cell(row)))]
    return { ...column, cells, natural: Math.max(...cells.map(lengthOf)) }
  })
  const shown = width === undefined ? all : kept(all, width)
  const natural = shown.map((column) => column.natural)
  const widths = width === undefined ? natural : fitted(natural, width)
  const line = (index: number) =>
    renderLine(
      shown.map(({ cells }) => cells[index] ?? ''),
      shown,
      widths,
    )
  return [0, ...rows.map((_, index) => index + 1)].map((index) => `${line(index)}\n`).join('')
}

function kept<C extends { readonly natural: number; readonly drop?: number }>(
  columns: readonly C[],
  width: number,
): readonly C[] {
  const needed = columns.reduce((sum, { natural }) => sum + Math.min(natural, READABLE), GAP.length * (columns.length - 1))
  const least = Math.max(...columns.map(({ drop }) => drop ?? 0))
  if (needed <= width || least === 0) return columns
  const gone = columns.findLastIndex(({ drop }) => drop === least)
  return kept(
    columns.filter((_, index) => index !== gone),
    width,
  )
}

function renderLine(
  line: readonly string[],
  columns: readonly Pick<Column<never>, 'align'>[],
  widths: readonly number[],
): string {
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

/**
 * The table with a last column of sentences. Where it does not fit they stand below their rows, wrapped between words: a
 * sentence is worth nothing when its end is cut off.
 */
export function renderWithSentences<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sentences: Column<Row>,
  width: number | undefined,
): string {
  const whole = renderTable(rows, [...columns, sentences], undefined)
  if (width === undefined || whole.split('\n').every((line) => lengthOf(line) <= width)) return whole
  const [head = '', ...lines] = renderTable(rows, columns, width).split('\n').slice(0, -1)
  const below = rows.map((row) => wrapped(oneLine(sentences.cell(row)), width - 4).map((line) => `    ${line}`))
  return [head, ...lines.flatMap((line, index) => [line, ...(below[index] ?? [])])].map((line) => `${line}\n`).join('')
}

/** Lines of at most `width` characters, broken between words; a longer word stays whole. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const last = lines.at(-1)
    if (last !== undefined && lengthOf(last) + 1 + lengthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
