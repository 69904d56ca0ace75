// SPDX-License-Identifier: Apache-2.0
/** Claims on the reconcile queue. An object is in the queue at most once and is worked on by one worker at a time. */
import type { ResourceKey } from './resource.ts'

/** Asks for due work. `worker` names the process and loop, unique among all that run. */
export interface ClaimRequest {
  readonly worker: string
  readonly leaseMs: number
  readonly limit: number
}

/** One claimed object. `request` counts the writes that asked for work; finishing compares it, so none is lost. */
export interface WorkItem {
  readonly key: ResourceKey
  readonly worker: string
  readonly request: number
  /** Failed tries since the last success. */
  readonly attempts: number
}
