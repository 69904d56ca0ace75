// SPDX-License-Identifier: Apache-2.0
/** The document in a PUT: what the server wrote itself is dropped, the rest must fit the schema and the path. */
import { parseDocument, type Resource, type ResourceKind } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { SERVER_METADATA } from '@kaas/http-contract'

/** Where the path says the document belongs. */
export interface Place {
  readonly kind: ResourceKind
  readonly name: string
  readonly tenant?: string
}

/** The document. Throws `document-invalid` and `name-invalid`, all problems at once. */
export function readDocument(body: unknown, place: Place): Resource {
  const document = parseDocument(withoutServerFields(body, place))
  const { kind, metadata } = document
  const wrong = [
    { path: 'kind', is: kind, must: place.kind },
    { path: 'metadata.name', is: metadata.name, must: place.name },
    { path: 'metadata.tenant', is: metadata.tenant, must: place.tenant },
  ].filter(({ is, must }) => is !== must)
  if (wrong.length === 0) return document
  const fields = wrong.map(({ path, must }) => ({ path, message: `Must be ${must ?? 'absent'}, as in the path.` }))
  throw new KaasError('document-invalid', {
    message: `The document does not belong to this path. ${fields.map(({ path, message }) => `${path}: ${message}`).join(' ')}`,
    help: 'Send it to the path of its own kind and names.',
    fields,
  })
}

/** A document that was read from the API may come back as it is. The tenant may be left out: the path has it. */
function withoutServerFields(body: unknown, { tenant }: Place): unknown {
  if (!isRecord(body)) return body
  const { status: _, ...document } = body
  if (!isRecord(document.metadata)) return document
  const own = Object.entries(document.metadata).filter(([name]) => !SERVER_METADATA.includes(name))
  return { ...document, metadata: { ...(tenant === undefined ? {} : { tenant }), ...Object.fromEntries(own) } }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
