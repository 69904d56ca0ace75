// SPDX-License-Identifier: Apache-2.0
/** Documents of resources as YAML to read and edit: without what the server keeps for itself. */
import { SERVER_METADATA } from '@kaas/http-contract'
import { LineCounter, parseDocument, stringify } from 'yaml'

/** What is needed of a resource. */
export interface DocumentParts {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: object
  readonly spec: object
}

/** What a person writes of a resource, as YAML. */
export function renderDocument({ apiVersion, kind, metadata, spec }: DocumentParts): string {
  const own = Object.entries(metadata).filter(([name, value]) => !SERVER_METADATA.includes(name) && !isEmpty(value))
  return stringify({ apiVersion, kind, metadata: Object.fromEntries(own), spec }, { lineWidth: 0 })
}

/** The document in the text, or where it is no YAML; lines are counted from 1. */
export type ParsedDocument =
  | { readonly kind: 'document'; readonly document: unknown }
  | { readonly kind: 'problem'; readonly line: number; readonly message: string }

/** Reads YAML. Never throws. */
export function readDocument(text: string): ParsedDocument {
  const lineCounter = new LineCounter()
  const parsed = parseDocument(text, { lineCounter, uniqueKeys: true })
  const [problem] = parsed.errors
  if (problem !== undefined)
    return { kind: 'problem', line: problem.linePos?.[0].line ?? 1, message: problem.message.split('\n')[0] ?? '' }
  try {
    // Aliases can make a small text a huge document.
    return { kind: 'document', document: parsed.toJS({ maxAliasCount: 20 }) }
  } catch (error) {
    return { kind: 'problem', line: 1, message: error instanceof Error ? error.message : String(error) }
  }
}

/** The line of a field such as `spec.config.retention.ms`; the nearest one above it when it is absent. */
export function lineOfField(text: string, path: string): number {
  const lineCounter = new LineCounter()
  const parsed = parseDocument(text, { lineCounter })
  let parts: readonly string[] = path.split('.')
  for (; parts.length > 0; parts = parts.slice(0, -1)) {
    const node = parsed.getIn(parts, true) as { readonly range?: readonly [number, number, number] } | undefined
    if (node?.range !== undefined) return lineCounter.linePos(node.range[0]).line
  }
  return 1
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
