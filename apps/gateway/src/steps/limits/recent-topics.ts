// SPDX-License-Identifier: Apache-2.0
/** Topics that this gateway let pass a moment ago: brokers learn of new topics with a delay, and a limit must not wait for them. */
import type { PartitionCounts } from './partition-count.ts'

/** By then every broker knows a new topic, or it was never made. */
const REMEMBERED_MS = 30_000

/** By tenant. Owns no timer: what is too old goes when the tenant is asked for again. */
export class RecentTopics {
  readonly #byTenant = new Map<string, Map<string, { readonly partitions: number; readonly untilMs: number }>>()

  /** Adds what was let pass to `counts`. */
  addTo(counts: PartitionCounts, tenant: string, nowMs: number): void {
    for (const [name, { partitions, untilMs }] of this.#byTenant.get(tenant) ?? []) {
      if (untilMs < nowMs) this.forget(tenant, name)
      else counts.set(name, Math.max(counts.get(name) ?? 0, partitions))
    }
  }

  /** A topic will have this many partitions. */
  remember(tenant: string, name: string, partitions: number, nowMs: number): void {
    const topics = this.#byTenant.get(tenant) ?? new Map()
    topics.set(name, { partitions, untilMs: nowMs + REMEMBERED_MS })
    this.#byTenant.set(tenant, topics)
  }

  /** The broker did not do it, or the topic is gone. */
  forget(tenant: string, name: string): void {
    const topics = this.#byTenant.get(tenant)
    topics?.delete(name)
    if (topics?.size === 0) this.#byTenant.delete(tenant)
  }
}
