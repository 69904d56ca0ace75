// SPDX-License-Identifier: Apache-2.0
/** The reconciler as the app sees it: one call to start, one to stop. */
import type { Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import type { TenantsAsCode } from '../code/tenants-as-code.ts'
import { KafkaClusters } from '../kafka/kafka-clusters.ts'
import { Placements } from '../tenants/placements.ts'
import { startReconcileLoop } from './reconcile-loop.ts'

/** What the reconciler needs from its app. */
export interface ReconcilerOptions {
  readonly store: Store
  readonly log: Log
  /** The snapshot publisher of this process, when it has one: tenants are reported ready after it sent their entry. */
  readonly snapshot?: { whenPublished(tenant: string, timeoutMs: number): Promise<void> }
  /** Those of this process, so that they are kept once. Own ones when absent. */
  readonly placements?: Placements
  /** Git and Kubernetes; absent, only virtual tenants are worked on. */
  readonly code?: TenantsAsCode | undefined
  /** Objects worked on at once. 24 when absent. */
  readonly concurrency?: number
  /** 30 s when absent. */
  readonly leaseMs?: number
  /** For one call to Kafka. 10 s when absent. */
  readonly kafkaTimeoutMs?: number
  /** The time for conditions; the system's when absent. */
  readonly clock?: () => Date
}

/** A running reconciler. */
export interface Reconciler {
  /** Resolves when every run has ended after its current action and all connections are closed. */
  stop(): Promise<void>
}

/** How long a tenant waits for its gateways' stream: a slow stream must not hold up everything. */
const PUBLISH_WAIT_MS = 500

/** Starts at once. Kafka and clusters that are away are conditions of their objects, never a reason to stop. */
export function startReconciler(options: ReconcilerOptions): Reconciler {
  const concurrency = options.concurrency ?? 24
  const { store, log, snapshot } = options
  const placesPerCluster = Math.max(1, concurrency - Math.ceil(concurrency / 4))
  const clusters = new KafkaClusters({ placesPerCluster, callTimeoutMs: options.kafkaTimeoutMs ?? 10_000 })
  const parts = {
    store,
    log,
    clusters,
    code: options.code,
    placements: options.placements ?? new Placements(store),
    now: options.clock ?? (() => new Date()),
    published: async (tenant: string) => snapshot?.whenPublished(tenant, PUBLISH_WAIT_MS),
  }
  const loop = startReconcileLoop(parts, { concurrency, leaseMs: options.leaseMs ?? 30_000 })
  return {
    stop: async () => {
      await loop.stop()
      await clusters.close()
    },
  }
}
