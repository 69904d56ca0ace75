// SPDX-License-Identifier: Apache-2.0
/** One line of the event stream: something changed about a resource. Kept for a while so that a listener can resume. */
import type { Condition } from '@kaas/domain'
import type { ResourceKey } from './resource.ts'

/** `status` comes when a condition changed, `removed` when a deletion is complete, `drift` when somebody changed files by hand. */
export type StoreEventType = 'created' | 'updated' | 'deleting' | 'status' | 'removed' | 'drift'

/** Sequences grow without gaps that fill later: after N was read, no event with a lower sequence appears. */
export interface StoreEvent {
  readonly sequence: number
  readonly at: Date
  readonly type: StoreEventType
  readonly key: ResourceKey
  /** The team that the resource belonged to when it happened; absent for what belongs to none. */
  readonly team?: string
  /** Where a tenant went to another team: the one that lost it. */
  readonly teamBefore?: string
  readonly uid: string
  readonly generation: number
  readonly conditions: readonly Condition[]
}
