// SPDX-License-Identifier: Apache-2.0
/**
 * What the supervisor and its processes tell each other (decision 0031). Both are of one version and one machine, so nothing is checked:
 * a message that is not of these kinds belongs to Node.
 */
import type { SnapshotEvent } from '@kaas/domain'
import type { MetricObjectWithValues, MetricValue } from 'prom-client'

/** The metrics of one process, to be summed. */
export type ProcessMetrics = readonly MetricObjectWithValues<MetricValue<string>>[]

/** From the supervisor. `begin` comes once, as the answer to `here`; `snapshot` is the whole state when there is one by then. */
export type Order =
  | { readonly kind: 'begin'; readonly snapshot: SnapshotEvent | undefined }
  | { readonly kind: 'snapshot'; readonly event: SnapshotEvent }
  | { readonly kind: 'reload' }
  | { readonly kind: 'look'; readonly look: number; readonly withMetrics: boolean }
  | { readonly kind: 'stop' }

/** From a process. `serves` comes once its ports are open. */
export type Answer =
  | { readonly kind: 'here' }
  | { readonly kind: 'serves'; readonly ports: readonly (readonly [string, number])[] }
  | {
      readonly kind: 'looked'
      readonly look: number
      readonly isReady: boolean
      readonly metrics: ProcessMetrics | undefined
    }
