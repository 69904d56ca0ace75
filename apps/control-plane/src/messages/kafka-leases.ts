// SPDX-License-Identifier: Apache-2.0
/**
 * Administrators for browses, each lent to one at a time: a broker answers one request of a connection after the other, so a tail that
 * waits for records would hold up everybody on its connection. Those given back are kept for a while.
 */
import type { KafkaAdmin } from '@kaas/kafka-admin'
import type { KafkaPlace } from '../kafka/kafka-place.ts'

/** A lent administrator. */
export interface KafkaLease {
  readonly admin: KafkaAdmin
  /** Once. `broken` when a call may still be under way or has failed: it is closed then. */
  giveBack(broken: boolean): void
}

interface Kept {
  readonly admin: KafkaAdmin
  readonly fingerprint: string
}

const OPTIONS = { clientId: 'kaas-messages', callTimeoutMs: 15_000 }
const MOST_KEPT = 4
const KEPT_MS = 60_000

/** Owns what is kept: `close` ends it. What is lent is ended by being given back. */
export class KafkaLeases {
  readonly #kept = new Map<string, Kept[]>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #closed = false

  /** Throws what preparing throws, `config-invalid` when a secret of a cluster cannot be read; whether Kafka is there shows at the first call. */
  async lend(place: KafkaPlace): Promise<KafkaLease> {
    const { fingerprint, open } = await place.prepare(OPTIONS)
    const kept = this.#kept.get(place.key) ?? []
    for (const stale of kept.filter((each) => each.fingerprint !== fingerprint)) this.#end(place.key, stale)
    const admin = kept.pop()?.admin ?? open()
    let given = false
    return {
      admin,
      giveBack: (broken) => {
        if (given) return
        given = true
        if (broken) place.renew()
        if (broken || this.#closed) void admin.close()
        else this.#keep(place.key, { admin, fingerprint })
      },
    }
  }

  /** Ends what is kept. */
  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
    const all = [...this.#kept.values()].flat()
    this.#kept.clear()
    await Promise.all(all.map(({ admin }) => admin.close()))
  }

  #keep(key: string, kept: Kept): void {
    const others = this.#kept.get(key) ?? []
    others.push(kept)
    this.#kept.set(key, others)
    const oldest = others.length > MOST_KEPT ? others[0] : undefined
    if (oldest !== undefined) this.#end(key, oldest)
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#end(key, kept)
    }, KEPT_MS)
    timer.unref()
    this.#timers.add(timer)
  }

  /** One that is lent again, or was ended already, is no longer in the list. */
  #end(key: string, kept: Kept): void {
    const others = this.#kept.get(key) ?? []
    const index = others.indexOf(kept)
    if (index < 0) return
    others.splice(index, 1)
    void kept.admin.close()
  }
}
