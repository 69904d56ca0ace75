// SPDX-License-Identifier: Apache-2.0
/** A text cut into pieces that a list of lines can show one by one, however long its own lines are. */
import { type JsonToken, jsonLines, spaced } from '../../format/json-text.ts'

/** A piece of a line in one colour. */
export interface Span {
  readonly kind: JsonToken['kind'] | 'plain'
  readonly text: string
}

/** Longer lines are cut: what is drawn at once stays small. */
export const LONGEST_LINE = 2000

/** Text as it is. */
export function plainLines(text: string): readonly (readonly Span[])[] {
  return text.split(/\r?\n/).flatMap((line) => cut([{ kind: 'plain', text: line }]))
}

/** JSON laid out, in colours. */
export function prettyLines(text: string): readonly (readonly Span[])[] {
  return jsonLines(text).flatMap(({ indent, tokens }) =>
    cut([
      { kind: 'plain', text: '  '.repeat(indent) },
      ...tokens.map((token) => ({ kind: token.kind, text: spaced(token) })),
    ]),
  )
}

function cut(spans: readonly Span[]): readonly (readonly Span[])[] {
  const lines: Span[][] = [[]]
  let left = LONGEST_LINE
  for (const { kind, text } of spans) {
    for (let at = 0; at < text.length || at === 0; ) {
      const part = text.slice(at, at + left)
      lines.at(-1)?.push({ kind, text: part })
      at += Math.max(1, part.length)
      left -= part.length
      if (left === 0) {
        lines.push([])
        left = LONGEST_LINE
      }
    }
  }
  const last = lines.at(-1)
  return last?.length === 0 && lines.length > 1 ? lines.slice(0, -1) : lines
}
