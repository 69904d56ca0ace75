// SPDX-License-Identifier: Apache-2.0
/** A stored resource as the document that would make it again: without status and without what only the server writes. */
import { type ResourceAnswer, SERVER_METADATA } from '@kaas/http-contract'

/** A document to be changed and sent back. Labels and annotations are there only when there are some. */
export interface StoredDocument {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly spec: Readonly<Record<string, unknown>>
}

/** The document of the resource. */
export function storedDocument({ apiVersion, kind, metadata, spec }: ResourceAnswer): StoredDocument {
  const own = Object.entries(metadata).filter(([name, value]) => !SERVER_METADATA.includes(name) && !isEmpty(value))
  return { apiVersion, kind, metadata: Object.fromEntries(own), spec }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
}
