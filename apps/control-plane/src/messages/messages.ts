// SPDX-License-Identifier: Apache-2.0
/** Everything that reading and producing records shares in a process: evaluators, bounds, ways into Kafka. */
import type { BrowseEvent, BrowseQuery } from '@kaas/http-contract'
import type { Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import type { OwnKafka } from '../kafka/own-kafka.ts'
import { browse } from './browse.ts'
import { planBrowse } from './browse-plan.ts'
import { BrowseSlots, type SlotLimits } from './browse-slots.ts'
import { ByteBudget } from './byte-budget.ts'
import { EvaluatorPool } from './evaluator/evaluator-pool.ts'
import { KafkaLeases } from './kafka-leases.ts'
import { findTopic, type TopicKey } from './topic-place.ts'

/** Bounds of a process; each has a default. */
export interface MessagesOptions {
  readonly slots?: SlotLimits
  /** Evaluators at once. 2 when absent. */
  readonly evaluators?: number
  /** For one record; a piece of a topic may take twelve times as long. 5 s when absent. */
  readonly evaluationTimeoutMs?: number
}

/** What is browsed: a query without its preview and limit, which differ between pages and exports. */
export type BrowseOrder = Omit<BrowseQuery, 'limit' | 'previewBytes' | 'maxSeconds'> & {
  readonly limit: number
  readonly previewBytes: number
  readonly maxSeconds: number
}

/** A browse that was admitted and whose request holds. `events` must be consumed or returned from, else it stays open. */
export interface OpenBrowse {
  readonly events: AsyncGenerator<BrowseEvent>
}

/** Of records in memory at once, over all browses. */
const BUDGET_BYTES = 96 * 1024 * 1024
const EVALUATOR_MEMORY_MIB = 384
const EVALUATOR_IDLE_MS = 120_000
const SLOTS: SlotLimits = { process: 64, person: 8 }

/** Owns processes and connections: `close` ends them and every browse. */
export class Messages {
  readonly store: Store
  readonly own: OwnKafka
  readonly leases = new KafkaLeases()
  readonly pool: EvaluatorPool
  readonly #slots: BrowseSlots
  readonly #budget = new ByteBudget(BUDGET_BYTES)
  readonly #closing = new AbortController()

  constructor(store: Store, own: OwnKafka, log: Log, options: MessagesOptions = {}) {
    this.store = store
    this.own = own
    this.#slots = new BrowseSlots(options.slots ?? SLOTS)
    this.pool = new EvaluatorPool({
      processes: options.evaluators ?? 2,
      answerTimeoutMs: options.evaluationTimeoutMs ?? 5_000,
      memoryMiB: EVALUATOR_MEMORY_MIB,
      idleMs: EVALUATOR_IDLE_MS,
      log,
    })
  }

  /** Takes a place among the browses for `person`. Throws `rate-exceeded`; the function gives it back. */
  takeSlot(person: string): () => void {
    return this.#slots.take(person)
  }

  /**
   * Begins a browse for `person`. Throws what `findTopic` and `planBrowse` throw, `rate-exceeded`, and `usage-invalid` for a filter or
   * schema that cannot be; what goes wrong later is thrown by the events.
   */
  async browse(key: TopicKey, order: BrowseOrder, person: string, signal: AbortSignal): Promise<OpenBrowse> {
    const place = await findTopic(this.store, this.own, key, 'read')
    const giveBackSlot = this.takeSlot(person)
    try {
      const lease = await this.leases.lend(place.place)
      const evaluating = await this.pool.open(specOf(order)).catch((error: unknown) => {
        lease.giveBack(false)
        throw error
      })
      const end = (broken: boolean) => {
        evaluating.close()
        lease.giveBack(broken)
        giveBackSlot()
      }
      try {
        const plan = await planBrowse(lease.admin, place.physical, order)
        const parts = { admin: lease.admin, plan, isolation: order.isolation, evaluating, budget: this.#budget }
        const stopped = AbortSignal.any([signal, this.#closing.signal])
        return { events: untilEnd(browse(parts, boundsOf(order), stopped), stopped, order.from === 'tail', end) }
      } catch (error) {
        end(true)
        throw error
      }
    } catch (error) {
      giveBackSlot()
      throw error
    }
  }

  /** Ends every browse with `done`, then processes and connections. */
  async close(): Promise<void> {
    this.#closing.abort()
    this.pool.close()
    await this.leases.close()
  }
}

function specOf(order: BrowseOrder) {
  const { filter, search, isolation, previewBytes } = order
  return {
    filter: filter?.trim() === '' ? undefined : filter,
    search: search === '' ? undefined : search,
    isolation,
    previewBytes,
    key: { format: order.keyFormat, schema: order.keySchema, type: order.keyType },
    value: { format: order.valueFormat, schema: order.valueSchema, type: order.valueType },
  }
}

function boundsOf({ limit, maxRecords, maxBytes, maxSeconds }: BrowseOrder) {
  return { limit, maxRecords, maxBytes, maxMs: maxSeconds * 1000 }
}

/** Gives everything back when the events end, however they end. The fetch of a tail that was given up may still be waiting. */
async function* untilEnd(
  events: AsyncGenerator<BrowseEvent>,
  signal: AbortSignal,
  tail: boolean,
  end: (broken: boolean) => void,
): AsyncGenerator<BrowseEvent> {
  let failed = true
  try {
    yield* events
    failed = false
  } finally {
    end(failed || tail || signal.aborted)
  }
}
