// SPDX-License-Identifier: Apache-2.0
/**
 * One reader of the event table for all listeners of this process. It keeps the newest events; who lags further behind reads
 * the table. Nothing is queued per listener, so a slow one costs no memory.
 */
import type { Store, StoreEvent } from '@kaas/store'
import type { Log } from '@kaas/telemetry'

const KEPT = 1000
const BATCH = 500
/** Wake-ups may be lost; so often the table is looked at anyway. */
const POLL_MS = 5000

/** Owns a subscription to the store; `close` ends it and wakes everyone who waits. */
export class EventHub {
  readonly #store: Store
  readonly #log: Log
  readonly #unsubscribe: () => void
  readonly #timer: NodeJS.Timeout
  #recent: StoreEvent[] = []
  /** All events up to here are in `#recent` or too old for it. */
  #last: number
  #reading: Promise<void> | undefined
  #readAgain = false
  #waiting: (() => void)[] = []
  #closed = false

  private constructor(store: Store, log: Log, last: number) {
    this.#store = store
    this.#log = log
    this.#last = last
    this.#unsubscribe = store.onChange((change) => {
      if (change === 'event') this.#read()
    })
    this.#timer = setInterval(() => this.#read(), POLL_MS).unref()
  }

  static async open(store: Store, log: Log): Promise<EventHub> {
    return new EventHub(store, log, await store.lastEventSequence())
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** The sequence to start from for "from now on". */
  async now(): Promise<number> {
    return await this.#store.lastEventSequence()
  }

  /** Events after `sequence`, at most some hundred, oldest first. Empty when there is none yet. */
  async after(sequence: number): Promise<readonly StoreEvent[]> {
    if (sequence >= this.#last) return []
    const oldest = this.#recent[0]?.sequence
    if (oldest === undefined || sequence + 1 < oldest) return await this.#store.listEvents(sequence, BATCH)
    return this.#recent.filter((event) => event.sequence > sequence).slice(0, BATCH)
  }

  /** Resolves when there may be something after `sequence`, when `signal` aborts, or when the hub closes. */
  async more(sequence: number, signal: AbortSignal): Promise<void> {
    if (sequence < this.#last || this.#closed || signal.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push(resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
    await promise
  }

  close(): void {
    this.#closed = true
    clearInterval(this.#timer)
    this.#unsubscribe()
    this.#wake()
  }

  #read(): void {
    if (this.#closed) return
    if (this.#reading !== undefined) {
      this.#readAgain = true
      return
    }
    this.#reading = this.#readAll()
      .catch((error: unknown) => {
        this.#log.warn({ error: error instanceof Error ? error.message : String(error) }, 'events could not be read')
      })
      .finally(() => {
        this.#reading = undefined
        if (this.#readAgain) {
          this.#readAgain = false
          this.#read()
        }
      })
  }

  async #readAll(): Promise<void> {
    let batch: readonly StoreEvent[]
    do {
      batch = await this.#store.listEvents(this.#last, BATCH)
      this.#recent = [...this.#recent, ...batch].slice(-KEPT)
      this.#last = batch.at(-1)?.sequence ?? this.#last
      if (batch.length > 0) this.#wake()
    } while (batch.length === BATCH)
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
