// SPDX-License-Identifier: Apache-2.0
/**
 * Plain data as YAML in block style, with remarks behind some values. Ten thousand tenants are a third of a million objects, and a
 * library that keeps a tree of nodes for every one takes minutes; this writes text at once. A text that any reader of YAML 1.1 or
 * 1.2 could take for something else is quoted: kustomize and kubectl still read `on` as a boolean.
 */
import type { Because } from './manifest.ts'

/** `header` and the text, ending with a line break. Throws TypeError when a remark's path leads to no scalar. */
export function writeYaml(value: unknown, because: readonly Because[], header = ''): string {
  const lost = because.find(({ path }) => !isScalarAt(value, path))
  if (lost !== undefined) throw new TypeError(`There is no field ${lost.path.join('.')} to remark on.`)
  // Pieces and one join: text that grows by `+=` stays a tree of its parts, four times as large as itself.
  const pieces = [header]
  writeAny(value, '', remarksOf(because), pieces)
  return pieces.join('')
}

/** Remarks by the way to their values, so that writing looks for them only where there are some. */
interface Remarks {
  reason?: string
  readonly below: Map<string, Remarks>
}

function remarksOf(because: readonly Because[]): Remarks {
  const root: Remarks = { below: new Map() }
  for (const { path, reason } of because) {
    let at = root
    for (const step of path) {
      const next: Remarks = at.below.get(String(step)) ?? { below: new Map() }
      at.below.set(String(step), next)
      at = next
    }
    at.reason = reason
  }
  return root
}

type Branch = Readonly<Record<string, unknown>> | readonly unknown[]

/** The value behind a dash (at the beginning of the text behind nothing): a branch goes on in the same line. */
function writeAny(value: unknown, indent: string, remarks: Remarks | undefined, pieces: string[]): void {
  if (!isBranch(value) || isEmpty(value)) pieces.push(scalar(value), remarkOf(remarks), '\n')
  else if (Array.isArray(value)) writeItems(value, indent, remarks, pieces)
  else writeFields(value as Readonly<Record<string, unknown>>, indent, remarks, pieces)
}

/** Every line but the first begins with `indent`. */
function writeItems(items: readonly unknown[], indent: string, remarks: Remarks | undefined, pieces: string[]): void {
  const inner = `${indent}  `
  for (let index = 0; index < items.length; index += 1) {
    pieces.push(index === 0 ? '- ' : `${indent}- `)
    writeAny(items[index], inner, remarks?.below.get(String(index)), pieces)
  }
}

/** Every line but the first begins with `indent`. */
function writeFields(
  fields: Readonly<Record<string, unknown>>,
  indent: string,
  remarks: Remarks | undefined,
  pieces: string[],
): void {
  const inner = `${indent}  `
  let begin = ''
  for (const key in fields) {
    const value = fields[key]
    if (value === undefined) continue
    const below = remarks?.below.get(key)
    if (isBranch(value) && !isEmpty(value)) {
      pieces.push(begin, keyText(key), ':\n', inner)
      writeAny(value, inner, below, pieces)
    } else pieces.push(begin, keyText(key), ': ', scalar(value), remarkOf(below), '\n')
    begin = indent
  }
}

function remarkOf(remarks: Remarks | undefined): string {
  return remarks?.reason === undefined ? '' : ` # ${remarks.reason}`
}

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null
}

function isEmpty(value: Branch): boolean {
  if (Array.isArray(value)) return value.length === 0
  const fields = value as Readonly<Record<string, unknown>>
  for (const key in fields) if (fields[key] !== undefined) return false
  return true
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return plainOrQuoted(value)
  if (isBranch(value)) return Array.isArray(value) ? '[]' : '{}'
  return value === undefined ? 'null' : String(value)
}

/** Marks of YAML at the beginning, `: ` and ` #` anywhere, blanks at an end, line ends and what cannot be printed. */
const MARKED =
  /^[\s,[\]{}#&*!|>'"%@`]|^[?:-](?=\s|$)|^(?:---|\.\.\.)|:\s|:$|\s#|\s$|[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
/** Null, booleans of both versions, numbers in every base and with underscores or colons, dates, merge keys. */
const NO_TEXT =
  /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?(?:\.(?:inf|nan)|0x[\da-f_]+|0o[0-7_]+|0b[01_]+|(?:[\d.][\d_.:]*)?(?:e[-+]?\d*)?)|\d{4}-\d\d?-\d\d?.*)?$/i

/** What nearly all texts are, found by one look: neither marked nor like a number; only a short one can be a word of YAML. */
const SIMPLE = /^(?:[A-DF-Za-df-z]|[Ee](?![\d.+-]))[\w./-]*$/
const LONGEST_WORD = 5

/** The names of fields are few and come again and again. Bounded, because names of a user's labels are among them. */
const KEYS = new Map<string, string>()
const MOST_KEYS = 1000

function keyText(key: string): string {
  const known = KEYS.get(key)
  if (known !== undefined) return known
  const text = plainOrQuoted(key)
  if (KEYS.size < MOST_KEYS) KEYS.set(key, text)
  return text
}

function plainOrQuoted(text: string): string {
  if (text.length > LONGEST_WORD && SIMPLE.test(text)) return text
  if (!MARKED.test(text) && !NO_TEXT.test(text)) return text
  // JSON's text is YAML's too. Single quotes are easier to read round double ones, and know no escapes.
  return text.includes('"') && !text.includes("'") && !UNPRINTED.test(text) ? `'${text}'` : JSON.stringify(text)
}

const UNPRINTED = /[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/

function isScalarAt(value: unknown, path: Because['path']): boolean {
  let at = value
  for (const step of path) {
    if (!isBranch(at)) return false
    at = (at as Readonly<Record<string | number, unknown>>)[step]
  }
  return at !== undefined && !isBranch(at)
}
