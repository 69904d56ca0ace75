// SPDX-License-Identifier: Apache-2.0
/**
 * Publishes the gateway snapshot: reads changes from the store when woken and hands their events to all subscribers. Knows
 * nothing of HTTP; `stream-snapshot.ts` writes a subscription to a socket.
 */
import type { SnapshotEvent } from '@kaas/domain'
import type { Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import { SnapshotState } from './snapshot-state.ts'

/** One event with its JSON, which is rendered once for all subscribers. */
export interface PublishedEvent {
  readonly event: SnapshotEvent
  readonly json: string
}

/** Called with events in the order of their versions; must neither throw nor wait. */
export type SnapshotListener = (published: PublishedEvent) => void

/** What the publisher needs. */
export interface SnapshotPublisherOptions {
  readonly store: Store
  readonly log: Log
  /** Between two looks without a wake-up, for wake-ups that got lost. 2 s when absent. */
  readonly pollMs?: number
}

/** A publisher at work. Use `startSnapshotPublisher`. */
export class SnapshotPublisher {
  readonly #options: SnapshotPublisherOptions
  readonly #listeners = new Set<SnapshotListener>()
  readonly #waiting = new Set<() => void>()
  readonly #unsubscribe: () => void
  readonly #timer: NodeJS.Timeout
  readonly #state: SnapshotState
  #full: PublishedEvent | undefined
  #reading: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(options: SnapshotPublisherOptions, state: SnapshotState) {
    this.#options = options
    this.#state = state
    this.#unsubscribe = options.store.onChange((change) => {
      if (change === 'snapshot') void this.#refresh()
    })
    this.#timer = setInterval(() => void this.#refresh(), options.pollMs ?? 2_000)
  }

  /** The full state as it is now; rendered once per version. */
  full(): PublishedEvent {
    if (this.#full?.event.kind !== 'full' || this.#full.event.snapshot.version !== this.#state.version) {
      this.#full = publish({ kind: 'full', snapshot: this.#state.full() })
    }
    return this.#full
  }

  /** Hands the full state to `listener` at once and every change after it. Returns how to stop. */
  subscribe(listener: SnapshotListener): () => void {
    listener(this.full())
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** How many subscribers there are. */
  get subscribers(): number {
    return this.#listeners.size
  }

  /** Resolves when the tenant's entry has been handed to all subscribers, or after `timeoutMs`. */
  async whenPublished(tenant: string, timeoutMs: number): Promise<void> {
    const deadlineMs = Date.now() + timeoutMs
    while (!this.#state.isAnnounced(tenant) && Date.now() < deadlineMs && !this.#stopped) {
      void this.#refresh()
      await this.#nextChange(deadlineMs - Date.now())
    }
  }

  /** Ends all subscriptions without a word; their streams are closed by whoever serves them. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#unsubscribe()
    clearInterval(this.#timer)
    this.#listeners.clear()
    await this.#reading
    for (const proceed of this.#waiting) proceed()
  }

  /** One reading at a time; a wake-up during it leads to one more. */
  async #refresh(): Promise<void> {
    if (this.#stopped) return
    this.#again = true
    this.#reading ??= this.#readUntilQuiet().finally(() => {
      this.#reading = undefined
    })
    await this.#reading
  }

  async #readUntilQuiet(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false
      try {
        const changes = await this.#options.store.loadSnapshotChanges(this.#state.version)
        for (const event of this.#state.apply(changes)) this.#broadcast(publish(event))
      } catch (error) {
        this.#options.log.warn({ error }, 'the snapshot could not be read; gateways keep the last one')
      }
      for (const proceed of this.#waiting) proceed()
    }
  }

  #broadcast(published: PublishedEvent): void {
    for (const listener of this.#listeners) listener(published)
  }

  #nextChange(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const proceed = () => {
        clearTimeout(timer)
        this.#waiting.delete(proceed)
        resolve()
      }
      const timer = setTimeout(proceed, timeoutMs)
      this.#waiting.add(proceed)
    })
  }
}

/** Loads the snapshot and publishes from then on. Throws what the store throws when it cannot be read at all. */
export async function startSnapshotPublisher(options: SnapshotPublisherOptions): Promise<SnapshotPublisher> {
  return new SnapshotPublisher(options, new SnapshotState(await options.store.loadSnapshot()))
}

function publish(event: SnapshotEvent): PublishedEvent {
  return { event, json: JSON.stringify(event) }
}
