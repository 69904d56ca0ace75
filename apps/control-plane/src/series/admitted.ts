// SPDX-License-Identifier: Apache-2.0
/**
 * Which topics and groups are kept over time: so many in all, and so many of one tenant, the first that come. Tenants always are. What
 * was not seen for a while makes room.
 */
import type { SeriesSample } from '@kaas/store'

/** Bounds. */
export interface AdmissionLimits {
  /** Topics and groups of all tenants together. */
  readonly most: number
  /** Of one tenant. */
  readonly mostOfTenant: number
  /** After so long without a sample a place is free again. Milliseconds. */
  readonly idleMs: number
}

/** Remembers who has a place. Lives in the process that samples; the next one gives places anew. */
export class Admitted {
  readonly #limits: AdmissionLimits
  readonly #seenAtMs = new Map<string, number>()
  readonly #ofTenant = new Map<string, number>()

  constructor(limits: AdmissionLimits) {
    this.#limits = limits
  }

  /** Those of `samples` that have a place, or get one now. */
  admit(samples: readonly SeriesSample[], nowMs: number): readonly SeriesSample[] {
    return samples.filter((sample) => sample.kind === 'tenant' || this.#hasPlace(sample, nowMs))
  }

  /** Frees the places of what was not seen for long. */
  forgetIdle(nowMs: number): void {
    for (const [key, seenAtMs] of this.#seenAtMs) {
      if (nowMs - seenAtMs < this.#limits.idleMs) continue
      const tenant = key.slice(0, key.indexOf('/'))
      this.#seenAtMs.delete(key)
      this.#ofTenant.set(tenant, (this.#ofTenant.get(tenant) ?? 1) - 1)
    }
  }

  #hasPlace({ tenant, kind, name }: SeriesSample, nowMs: number): boolean {
    const key = `${tenant}/${kind}/${name}`
    const taken = this.#ofTenant.get(tenant) ?? 0
    const known = this.#seenAtMs.has(key)
    if (!known && (this.#seenAtMs.size >= this.#limits.most || taken >= this.#limits.mostOfTenant)) return false
    if (!known) this.#ofTenant.set(tenant, taken + 1)
    this.#seenAtMs.set(key, nowMs)
    return true
  }
}
