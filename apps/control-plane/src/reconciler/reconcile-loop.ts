// SPDX-License-Identifier: Apache-2.0
/**
 * Takes due objects from the store's queue and runs over each, several at a time. Any number of processes may do this on one
 * database: the queue leases an object to one of them. Woken by changes; polls by the queue's own next due time.
 */
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { renderKey, type WorkItem } from '@kaas/store'
import { Alarm } from './alarm.ts'
import { retryDelayMs } from './retry-delay.ts'
import type { ReconcilerParts } from './run-context.ts'
import { type RunOutcome, runOnce } from './run-once.ts'

/** Bounds of one loop. */
export interface LoopOptions {
  /** Objects worked on at once by this process. */
  readonly concurrency: number
  /** After this a crashed process's objects are taken over by others. */
  readonly leaseMs: number
}

const LONGEST_SLEEP_MS = 5_000
const AFTER_STORE_FAILURE_MS = 1_000
/** The queue's answer for an object whose cluster had no place. */
const BUSY_AGAIN_MS = 200

/** A loop at work. Use `startReconcileLoop`. */
export class ReconcileLoop {
  readonly #parts: ReconcilerParts
  readonly #options: LoopOptions
  readonly #worker = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  readonly #stopping = new AbortController()
  readonly #alarm = new Alarm()
  readonly #running = new Set<Promise<void>>()
  readonly #unsubscribe: () => void
  readonly #done: Promise<void>

  constructor(parts: ReconcilerParts, options: LoopOptions) {
    this.#parts = parts
    this.#options = options
    this.#unsubscribe = parts.store.onChange((change) => {
      if (change === 'work') this.#alarm.ring()
    })
    this.#done = this.#loop()
  }

  /** Takes nothing new, lets each run end after its current action, and resolves when all have. */
  async stop(): Promise<void> {
    this.#unsubscribe()
    this.#stopping.abort()
    this.#alarm.ring()
    await this.#done
  }

  async #loop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#take()
        await this.#alarm.wait(await this.#restMs())
      } catch (error) {
        this.#parts.log.error({ error }, 'the queue cannot be read')
        await this.#alarm.wait(AFTER_STORE_FAILURE_MS)
      }
    }
    await Promise.all(this.#running)
  }

  /** Claims as many objects as there are free hands and starts a run for each. */
  async #take(): Promise<void> {
    const limit = this.#options.concurrency - this.#running.size
    if (limit === 0) return
    const { leaseMs } = this.#options
    for (const item of await this.#parts.store.claimWork({ worker: this.#worker, leaseMs, limit })) {
      const run = work(this.#parts, item, leaseMs, this.#stopping.signal).finally(() => {
        this.#running.delete(run)
        this.#alarm.ring()
      })
      this.#running.add(run)
    }
  }

  /** Until something is due; a run that ends or a change in the queue rings earlier. */
  async #restMs(): Promise<number> {
    if (this.#running.size >= this.#options.concurrency) return LONGEST_SLEEP_MS
    return Math.min(LONGEST_SLEEP_MS, (await this.#parts.store.nextDueInMs()) ?? LONGEST_SLEEP_MS)
  }
}

/** Starts working at once. */
export function startReconcileLoop(parts: ReconcilerParts, options: LoopOptions): ReconcileLoop {
  return new ReconcileLoop(parts, options)
}

/** One object: the lease is kept alive while the run lasts; a lost lease ends the run before its next action. */
async function work(parts: ReconcilerParts, item: WorkItem, leaseMs: number, stopping: AbortSignal): Promise<void> {
  const lost = new AbortController()
  const keepAlive = setInterval(() => {
    parts.store.extendClaim(item, leaseMs).then(
      (kept) => kept || lost.abort(),
      (error) => parts.log.warn({ error, object: renderKey(item.key) }, 'a lease could not be extended'),
    )
  }, leaseMs / 3)
  try {
    const outcome = await runOnce(parts, item.key, { signal: AbortSignal.any([stopping, lost.signal]) })
    if (!lost.signal.aborted) await hand(parts, item, outcome)
  } catch (error) {
    // The store is away: the lease ends by itself and somebody takes the object again.
    parts.log.error({ error, object: renderKey(item.key) }, 'a run could not be finished')
  } finally {
    clearInterval(keepAlive)
  }
}

/** Gives the object back to the queue. */
async function hand(parts: ReconcilerParts, item: WorkItem, outcome: RunOutcome): Promise<void> {
  switch (outcome.kind) {
    case 'settled':
      return parts.store.finishWork(item, outcome.againInMs === undefined ? undefined : spread(outcome.againInMs))
    case 'gone':
      return parts.store.finishWork(item)
    case 'unfinished':
      return parts.store.finishWork(item, 0)
    case 'busy':
      return parts.store.finishWork(item, spread(BUSY_AGAIN_MS))
    case 'failed': {
      const { error } = outcome
      const delayMs = retryDelayMs(item.attempts, error.retriable, Math.random())
      parts.log.warn(
        { object: renderKey(item.key), code: error.code, attempts: item.attempts, delayMs, error },
        'a run failed',
      )
      return parts.store.retryLater(item, delayMs, error.code)
    }
    default:
      return outcome satisfies never
  }
}

/** Up to a fifth sooner, so that objects made together are not looked at together for ever. */
function spread(ms: number): number {
  return Math.round(ms * (1 - Math.random() / 5))
}
