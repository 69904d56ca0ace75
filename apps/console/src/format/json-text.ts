// SPDX-License-Identifier: Apache-2.0
/**
 * JSON as text, token by token. Numbers are never parsed, so `23958446825181076828` stays what it is, and text that was cut in the
 * middle works as far as it goes.
 */

/** One token. `name` is a string before a colon; `word` is true, false, null, or what should not be there. */
export interface JsonToken {
  readonly kind: 'punctuation' | 'name' | 'string' | 'number' | 'word'
  readonly text: string
  /** Where it begins. */
  readonly at: number
}

/** The tokens in order, without white space. Never throws: what is no JSON comes as words. Linear in time on any text. */
export function* jsonTokens(text: string): Generator<JsonToken> {
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const first = text.charAt(at)
    if (PUNCTUATION.has(first)) {
      yield { kind: 'punctuation', text: first, at }
      at += 1
      continue
    }
    const end = first === '"' ? endOfString(text, at) : endOfWord(text, at)
    const token = text.slice(at, end)
    if (first === '"') yield { kind: text[skipSpace(text, end)] === ':' ? 'name' : 'string', text: token, at }
    else yield { kind: NUMBER.test(token) ? 'number' : 'word', text: token, at }
    at = end
  }
}

/** A line of the layout; `indent` counts levels. */
export interface JsonLine {
  readonly indent: number
  readonly tokens: readonly JsonToken[]
}

/** More lines than this nobody reads; what follows stays as it was written, on one. */
const MOST_LINES = 50_000
/** Deeper levels are not indented further. */
const DEEPEST = 40

/** The text laid out as people read it. Empty objects and lists stay on their line. */
export function jsonLines(text: string): readonly JsonLine[] {
  const lines: JsonLine[] = []
  let line: JsonToken[] = []
  let depth = 0
  let indent = 0
  const end = () => {
    if (line.length > 0) lines.push({ indent: Math.min(indent, DEEPEST), tokens: line })
    line = []
    indent = depth
  }
  for (const token of jsonTokens(text)) {
    if (lines.length >= MOST_LINES) {
      line.push({ kind: 'word', text: text.slice(token.at), at: token.at })
      break
    }
    if (isClosing(token)) {
      depth = Math.max(0, depth - 1)
      if (!isOpening(line.at(-1))) end()
    } else if (isOpening(line.at(-1))) end()
    if (isOpening(token)) depth += 1
    line.push(token)
    if (isComma(token)) end()
  }
  end()
  return lines
}

/** The same as one text. */
export function prettyJson(text: string): string {
  return jsonLines(text)
    .map(({ indent, tokens }) => '  '.repeat(indent) + tokens.map(spaced).join(''))
    .join('\n')
}

/** On one line, without white space. */
export function compactJson(text: string): string {
  return Array.from(jsonTokens(text), ({ text: token }) => token).join('')
}

/** A token as it stands in a line: a colon is followed by a space. */
export function spaced({ kind, text }: JsonToken): string {
  return kind === 'punctuation' && text === ':' ? ': ' : text
}

const PUNCTUATION: ReadonlySet<string> = new Set('{}[],:')
const NUMBER = /^-?\d[\d.eE+-]*$/
const WORD_ENDS: ReadonlySet<string> = new Set('{}[],:" \n\r\t')

function skipSpace(text: string, from: number): number {
  let at = from
  for (let code = text.charCodeAt(at); code === 32 || (code >= 9 && code <= 13); code = text.charCodeAt(at)) at += 1
  return at
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 92) at += 1
    else if (code === 34) return at + 1
  }
  return text.length
}

function endOfWord(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && !WORD_ENDS.has(text.charAt(at))) at += 1
  return at
}

/** Whether it is `{` or `[`. */
export function isOpening(token: JsonToken | undefined): boolean {
  return token?.kind === 'punctuation' && (token.text === '{' || token.text === '[')
}

/** Whether it is `}` or `]`. */
export function isClosing(token: JsonToken): boolean {
  return token.kind === 'punctuation' && (token.text === '}' || token.text === ']')
}

function isComma(token: JsonToken): boolean {
  return token.kind === 'punctuation' && token.text === ','
}
