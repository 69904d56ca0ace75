// SPDX-License-Identifier: Apache-2.0
/** A document as YAML in one canonical form, for those who have no text of it: two servers write the same bytes. */
import { RESOURCE_KINDS, type Resource } from '@kaas/domain'
import { writeYaml } from './write-yaml.ts'

/**
 * The document with its defaults and without its status, fields in the order of its schema and free names sorted; ends with a
 * line break. Throws what the schema throws for a document that parseDocument would refuse.
 */
export function renderDocumentText(document: Resource): string {
  const { status: _, ...written } = RESOURCE_KINDS[document.kind].schema.parse(sorted(document))
  const { labels, annotations, ...names } = written.metadata
  const metadata = { ...names, ...filled({ labels, annotations }) }
  return writeYaml({ ...written, metadata }, [])
}

/** The database keeps no order of fields. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)] as const).toSorted(byName))
}

/** By code unit and not by locale, which differs between machines. */
function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function filled(maps: Readonly<Record<string, object>>): object {
  return Object.fromEntries(Object.entries(maps).filter(([, map]) => Object.keys(map).length > 0))
}
