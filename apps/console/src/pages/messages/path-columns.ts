// SPDX-License-Identifier: Apache-2.0
/** JSON paths that a person wants as columns, in the address as `order.id,key:region`. */
import type { Message } from '@kaas/http-contract'
import { jsonAt, parsePath } from '../../format/json-path.ts'

/** The paths of the address, each once. Names with commas cannot be columns. */
export function pathsOf(text: string): readonly string[] {
  return [...new Set(text.split(',').map((path) => path.trim()))].filter((path) => path !== '')
}

/** What is wrong with a path that somebody types; undefined for a good one. */
export function pathProblem(path: string): string | undefined {
  if (path.includes(',')) return 'Names with a comma cannot be columns.'
  return parsePath(path.replace(/^key:/, '')) === undefined ? 'Write a path, as in order.items[0].id.' : undefined
}

/** The value at the path in the message's value, or in its key for `key:…`. Undefined where there is none. */
export function valueAtPath(message: Message, path: string): string | undefined {
  const content = path.startsWith('key:') ? message.key : message.value
  const parts = parsePath(path.replace(/^key:/, ''))
  if (content === null || parts === undefined || !MEMBERED.has(content.format)) return undefined
  return jsonAt(content.text, parts)
}

/** Formats whose text is JSON. */
const MEMBERED: ReadonlySet<string> = new Set(['json', 'avro', 'protobuf'])
