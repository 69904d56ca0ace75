// SPDX-License-Identifier: Apache-2.0
/** Paths into JSON text (`order.items[0].id`), for columns and filters. What is found is the text as it was written. */
import { isClosing, isOpening, type JsonToken, jsonTokens } from './json-text.ts'

/** A member name or an index. */
export type PathPart = string | number

/** One value inside a document and where it stands. `raw` is JSON. */
export interface JsonLeaf {
  readonly path: readonly PathPart[]
  readonly raw: string
}

/** `order.items[0]["a b"]` as parts; undefined when it is no path. A leading `$.` or `value.` is not needed. */
export function parsePath(text: string): readonly PathPart[] | undefined {
  const parts: PathPart[] = []
  const pattern = /(?:^|\.)([^.[\]"\s]+)|\[(\d{1,9})\]|\["((?:[^"\\]|\\.)*)"\]/y
  const trimmed = text.trim().replace(/^\$\.?/, '')
  while (pattern.lastIndex < trimmed.length) {
    const match = pattern.exec(trimmed)
    if (match === null) return undefined
    const [, name, index, quoted] = match
    parts.push(name ?? (index === undefined ? String(unquote(`"${quoted}"`)) : Number(index)))
  }
  return parts.length === 0 ? undefined : parts
}

/** The parts as text, such that `parsePath` gives them back. */
export function renderPath(parts: readonly PathPart[]): string {
  return parts
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      if (!PLAIN.test(part)) return `[${JSON.stringify(part)}]`
      return index === 0 ? part : `.${part}`
    })
    .join('')
}

/** The value at a path: strings without their quotes, everything else as written. Undefined where there is none. */
export function jsonAt(text: string, path: readonly PathPart[]): string | undefined {
  const wanted = renderPath(path)
  for (const { path: found, raw } of walk(text, (at) => renderPath(at) === wanted)) {
    if (renderPath(found) === wanted) return unquote(raw)
  }
  return undefined
}

/** The values that are no objects or lists, at most `most`, in their order. */
export function jsonLeaves(text: string, most: number): readonly JsonLeaf[] {
  const leaves: JsonLeaf[] = []
  for (const leaf of walk(text, () => false)) {
    if (leaves.push(leaf) >= most) break
  }
  return leaves
}

/** A string without quotes and escapes; other JSON unchanged, and so a string that was cut. */
export function unquote(raw: string): string {
  if (!raw.startsWith('"')) return raw
  try {
    return String(JSON.parse(raw))
  } catch {
    return raw
  }
}

const PLAIN = /^[^.[\]"\s\d$][^.[\]"\s]*$/

interface Level {
  readonly isList: boolean
  readonly path: readonly PathPart[]
  index: number
}

/** Every scalar, and as one text each object or list that `isWhole` wants. */
function* walk(text: string, isWhole: (path: readonly PathPart[]) => boolean): Generator<JsonLeaf> {
  const levels: Level[] = []
  let name: string | undefined
  const tokens = jsonTokens(text)
  for (const token of tokens) {
    const level = levels.at(-1)
    if (token.kind === 'name') name = unquote(token.text)
    else if (token.kind !== 'punctuation' || isOpening(token)) {
      const path = pathAt(level, name)
      name = undefined
      if (token.kind !== 'punctuation') yield { path, raw: token.text }
      else if (isWhole(path)) yield { path, raw: token.text + restOf(tokens) }
      else levels.push({ isList: token.text === '[', path, index: 0 })
    } else if (token.text === ',' && level !== undefined) level.index += 1
    else if (isClosing(token)) levels.pop()
  }
}

function pathAt(level: Level | undefined, name: string | undefined): readonly PathPart[] {
  if (level === undefined) return []
  return [...level.path, level.isList ? level.index : (name ?? '')]
}

/** What follows an opening bracket, up to the one that closes it. */
function restOf(tokens: Iterator<JsonToken>): string {
  const parts: string[] = []
  for (let depth = 1; depth > 0; ) {
    const { done, value: token } = tokens.next()
    if (done === true) break
    if (isOpening(token)) depth += 1
    if (isClosing(token)) depth -= 1
    parts.push(token.text)
  }
  return parts.join('')
}
