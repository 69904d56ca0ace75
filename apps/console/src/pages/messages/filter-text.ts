// SPDX-License-Identifier: Apache-2.0
/** Helps people to write filters: examples, and terms made from what they see in a message. The server evaluates them. */
import { type PathPart, unquote } from '../../format/json-path.ts'

/** Examples that work on any topic with such contents, each with what it finds. */
export const FILTER_EXAMPLES: readonly { readonly text: string; readonly finds: string }[] = [
  { text: 'value.status == "failed"', finds: 'a member of a JSON value' },
  { text: 'value.total > 100 && value.currency == "EUR"', finds: 'two members at once' },
  { text: 'has(value.error)', finds: 'values that have the member at all' },
  { text: 'value.items.exists(i, i.sku == "A-1")', finds: 'an element of a list' },
  { text: 'key == "order-17"', finds: 'a key' },
  { text: 'key.startsWith("eu-")', finds: 'keys that begin alike' },
  { text: 'headers["origin"] == "shop"', finds: 'a header' },
  { text: 'valueText.contains("timeout")', finds: 'text anywhere in the value' },
  { text: 'value == null', finds: 'tombstones' },
  { text: 'partition == 0 && offset >= 1500', finds: 'a place in the topic' },
  { text: 'timestamp > timestamp("2026-11-21T10:00:00Z")', finds: 'a time' },
  { text: 'sizeBytes > 100000', finds: 'large records, in bytes' },
]

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/
const LARGEST_INT = 2n ** 63n
const LARGEST_UINT = 2n ** 64n

/** `value.order.id == 17` for a value that somebody clicked on. Undefined when no exact term can be written. */
export function filterTerm(root: 'key' | 'value', path: readonly PathPart[], raw: string): string | undefined {
  const literal = celLiteral(raw)
  return literal === undefined ? undefined : `${celPath(root, path)} == ${literal}`
}

/** `headers["name"] == "text"`. */
export function headerTerm(name: string, text: string): string {
  return `headers[${celString(name)}] == ${celString(text)}`
}

/** The filter with one more condition. */
export function addTerm(filter: string, term: string): string {
  const before = filter.trim()
  if (before === '') return term
  return `${before.includes('||') || before.includes('?') ? `(${before})` : before} && ${term}`
}

function celPath(root: string, path: readonly PathPart[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return IDENTIFIER.test(part) ? `${text}.${part}` : `${text}[${celString(part)}]`
  }, root)
}

function celLiteral(raw: string): string | undefined {
  if (raw.startsWith('"')) return raw.length > 1 && raw.endsWith('"') ? celString(unquote(raw)) : undefined
  if (/^-?\d+$/.test(raw)) {
    const value = BigInt(raw)
    if (value >= -LARGEST_INT && value < LARGEST_INT) return raw
    return value > 0 && value < LARGEST_UINT ? `${raw}u` : undefined
  }
  if (/^-?\d/.test(raw)) return doubleLiteral(Number(raw))
  return raw === 'true' || raw === 'false' || raw === 'null' ? raw : undefined
}

/** With a dot or an exponent, or CEL takes it for an integer. */
function doubleLiteral(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined
  return /[.e]/.test(String(value)) ? String(value) : `${value}.0`
}

/** A CEL string in double quotes; the escapes of JSON are a part of those of CEL. */
function celString(text: string): string {
  return JSON.stringify(text)
}
