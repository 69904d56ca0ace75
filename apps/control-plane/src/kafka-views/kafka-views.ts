// SPDX-License-Identifier: Apache-2.0
/** What views work with: the way to Kafka, and an index for each tenant that is looked at. One per process. */
import type { Store } from '@kaas/store'
import { KafkaClusters } from '../kafka/kafka-clusters.ts'
import type { OwnKafka } from '../kafka/own-kafka.ts'
import { TenantIndex } from './tenant-index.ts'
import { TenantKafka } from './tenant-kafka.ts'

/** For one call to Kafka. */
const CALL_TIMEOUT_MS = 5_000
/** Looks at one cluster at once, over all tenants. */
const PLACES_PER_CLUSTER = 64
/** An index that nobody looked at for so long is forgotten. */
const IDLE_MS = 600_000
const SWEEP_MS = 60_000

/** Owns its connections to Kafka; `close` ends them. */
export class KafkaViews {
  readonly kafka: TenantKafka
  readonly #store: Store
  readonly #clusters: KafkaClusters
  readonly #indexes = new Map<string, { readonly index: TenantIndex; usedAtMs: number }>()
  readonly #timer: NodeJS.Timeout

  constructor(store: Store, own: OwnKafka, callTimeoutMs = CALL_TIMEOUT_MS) {
    this.#store = store
    this.#clusters = new KafkaClusters({ placesPerCluster: PLACES_PER_CLUSTER, callTimeoutMs, clientId: 'kaas-views' })
    this.kafka = new TenantKafka(store, this.#clusters, own)
    this.#timer = setInterval(() => this.#forgetIdle(), SWEEP_MS).unref()
  }

  /** What is held of `tenant`. Whether there is such a tenant shows when it is asked. */
  indexOf(tenant: string): TenantIndex {
    const known = this.#indexes.get(tenant)
    if (known !== undefined) known.usedAtMs = performance.now()
    const entry = known ?? { index: new TenantIndex(tenant, this.kafka, this.#store), usedAtMs: performance.now() }
    this.#indexes.set(tenant, entry)
    return entry.index
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#clusters.close()
  }

  #forgetIdle(): void {
    const oldest = performance.now() - IDLE_MS
    for (const [tenant, { usedAtMs }] of this.#indexes) if (usedAtMs < oldest) this.#indexes.delete(tenant)
    void this.kafka.forgetGone()
  }
}
