// SPDX-License-Identifier: Apache-2.0
/** What a list asks for and gives back. Parsing of filters and cursors is here; the SQL is in `list-resources.ts`. */
import type { ResourceKind } from '@kaas/domain'

/** One page of one kind. Without `tenant`, a tenant-scoped kind is listed over all tenants. */
export interface ListQuery<K extends ResourceKind = ResourceKind> {
  readonly kind: K
  readonly tenant?: string
  /** 1 to 1000. */
  readonly limit: number
  /** `next` of the page before, with the same sort and filter. */
  readonly cursor?: string
  /** `name` (default), `createdAt`, `updatedAt`; `-` before it turns the order round. */
  readonly sort?: string
  /** Terms joined by commas: `name~pay`, `labels.app=shop`, `spec.environment!=production`, `ready=false`, `deleting=true`. */
  readonly filter?: string
}

/** `next` is present when more follows. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string
}
