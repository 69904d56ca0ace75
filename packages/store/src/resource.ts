// SPDX-License-Identifier: Apache-2.0
/** A resource as the store holds it: keys, the stored row in domain terms, and what a write of intent carries. No SQL here. */
import type { RESOURCE_KINDS, ResourceKind, Status } from '@kaas/domain'

/** The spec of a kind after its schema filled in the defaults; quantities stay text as written. */
export type SpecOf<K extends ResourceKind> = (typeof RESOURCE_KINDS)[K]['schema']['_output']['spec']

/** Names one resource. `tenant` is present exactly for kinds whose scope is `tenant`. */
export interface ResourceKey<K extends ResourceKind = ResourceKind> {
  readonly kind: K
  readonly tenant?: string
  readonly name: string
}

/** What a stored resource of any kind has: all but its spec. */
export interface StoredHead {
  readonly kind: ResourceKind
  readonly tenant?: string
  readonly name: string
  /** Changes when a resource is deleted and made again under the same name. */
  readonly uid: string
  /** Grows by one with every change of spec, labels or annotations; the ETag of the API. */
  readonly generation: number
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /** Absent until the reconciler has reported for the first time. */
  readonly status?: Status
  readonly createdAt: Date
  readonly updatedAt: Date
  /** Set when deletion was asked for; the reconciler ends it with `removeResource`. */
  readonly deletionRequestedAt?: Date
}

interface StoredFields<K extends ResourceKind> extends StoredHead {
  readonly kind: K
  readonly spec: SpecOf<K>
}

/** One stored resource; a union tagged with `kind` when K is one. */
export type StoredResource<K extends ResourceKind = ResourceKind> = { [P in K]: StoredFields<P> }[K]

/** What a write of intent replaces. The document has passed its schema. */
export interface ResourceIntent<K extends ResourceKind = ResourceKind> {
  readonly key: ResourceKey<K>
  readonly spec: SpecOf<K>
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

/** `<kind>/<name>` or `<kind>/<tenant>/<name>`, for logs and messages. */
export function renderKey(key: ResourceKey): string {
  return key.tenant === undefined ? `${key.kind}/${key.name}` : `${key.kind}/${key.tenant}/${key.name}`
}
