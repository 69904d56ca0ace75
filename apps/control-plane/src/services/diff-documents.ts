// SPDX-License-Identifier: Apache-2.0
/** What differs between two versions of a document, field by field. Pure. */
import { isDeepStrictEqual } from 'node:util'

/** One difference. Paths are dotted; a list counts as one field. */
export interface Change {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

/** The changes from `before` to `after`, in the order of paths. A missing object and an empty one are the same. */
export function diffDocuments(before: unknown, after: unknown, path = ''): readonly Change[] {
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    return names.flatMap((name) => diffDocuments(before[name], after[name], path === '' ? name : `${path}.${name}`))
  }
  if (isDeepStrictEqual(before, after)) return []
  if (before === undefined && isRecord(after)) return diffDocuments({}, after, path)
  if (after === undefined && isRecord(before)) return diffDocuments(before, {}, path)
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
