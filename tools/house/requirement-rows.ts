// SPDX-License-Identifier: Apache-2.0
/** Reads the rows of `docs/requirements.md` and the marks in test names, and puts them together. Pure. */
import type { Expression, Node } from 'oxc-parser'
import { Visitor } from 'oxc-parser'
import type { Problem } from './problem.ts'
import type { SourceFile } from './source-file.ts'

/** One requirement as the page lists it. */
export interface Row {
  /** `R36` or `M1`. */
  readonly id: string
  readonly layer: string
  readonly requirement: string
}

/** A mark in the name of a test. */
export interface Mark {
  readonly row: string
  readonly test: string
  readonly file: string
  readonly line: number
}

/** The rows of the page in its order. */
export function rowsOf(page: string): readonly Row[] {
  return [...page.matchAll(/^\| ([RM]\d+) \| ([^|]+) \| ([^|]+) \|$/gm)].map((match) => ({
    id: match[1] ?? '',
    layer: match[2] ?? '',
    requirement: match[3] ?? '',
  }))
}

/** The marks in the names of tests. A mark anywhere else, in a comment or a helper, proves nothing and is not read. */
export function marksOf(source: SourceFile): readonly Mark[] {
  const marks: Mark[] = []
  new Visitor({
    CallExpression: (node) => {
      if (!isTestCall(node.callee)) return
      const name = textOf(node.arguments[0])
      for (const match of name.matchAll(/\[([RM]\d+)\]/g)) {
        marks.push({ row: match[1] ?? '', test: name, file: source.path, line: source.lineAt(node.start) })
      }
    },
  }).visit(source.program)
  return marks
}

/** `test`, `it`, `describe`, and what hangs on them: `test.each(…)`, `describe.each(…)`. */
function isTestCall(callee: Expression): boolean {
  if (callee.type === 'Identifier') return ['test', 'it', 'describe'].includes(callee.name)
  if (callee.type === 'MemberExpression') return isTestCall(callee.object)
  if (callee.type === 'CallExpression') return isTestCall(callee.callee)
  return callee.type === 'TaggedTemplateExpression' && isTestCall(callee.tag)
}

function textOf(node: Node | undefined): string {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral') return node.quasis.map((part) => part.value.raw).join('…')
  return ''
}

/** Why rows are not proved yet, as the page says at its end: by row. */
export function reasonsOf(page: string): ReadonlyMap<string, string> {
  const rows = [...page.matchAll(/^\| ([RM]\d+) \| ([^|]+) \|$/gm)]
  return new Map(rows.map(([, id = '', reason = '']) => [id, reason]))
}

/** Reasons that time has overtaken: the row is proved now, or does not exist. */
export function staleReasons(
  file: string,
  rows: readonly Row[],
  marks: readonly Mark[],
  reasons: ReadonlyMap<string, string>,
): readonly Problem[] {
  const known = new Set(rows.map(({ id }) => id))
  const proved = new Set(marks.map(({ row }) => row))
  return [...reasons.keys()]
    .filter((id) => proved.has(id) || !known.has(id))
    .map((id) => {
      const what = known.has(id) ? 'is proved: remove why it is not' : 'is no row of the page'
      return { file, line: 1, message: `says why ${id} is not proved, and ${id} ${what}.` }
    })
}

/** Marks with a number that no row has. */
export function unknownMarks(rows: readonly Row[], marks: readonly Mark[]): readonly Problem[] {
  const known = new Set(rows.map(({ id }) => id))
  return marks
    .filter(({ row }) => !known.has(row))
    .map(({ row, file, line }) => ({ file, line, message: `carries [${row}], which docs/requirements.md does not list.` }))
}

/** The account that `npm run requirements` prints: each row with its tests, then the totals. */
export function renderRequirements(
  rows: readonly Row[],
  marks: readonly Mark[],
  reasons: ReadonlyMap<string, string> = new Map(),
): string {
  const lines = rows.flatMap(({ id, requirement }) => {
    const tests = marks.filter(({ row }) => row === id)
    const status = tests.length === 0 ? 'open  ' : 'proved'
    const reason = reasons.get(id)
    const why = reason === undefined ? [] : [`             not yet: ${reason}`]
    return [`${id.padEnd(5)}${status}  ${requirement}`, ...why, ...tests.map(renderTest)]
  })
  const proved = new Set(marks.map(({ row }) => row))
  const count = rows.filter(({ id }) => proved.has(id)).length
  return [...lines, '', `${rows.length} rows: ${count} proved, ${rows.length - count} open`].join('\n')
}

function renderTest({ test, file, line }: Mark): string {
  const name = test.replace(/\s*\[[RM]\d+\]/g, '')
  return `             ${file}:${line}  ${name}`
}
