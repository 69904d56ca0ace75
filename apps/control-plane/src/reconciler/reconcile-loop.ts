// SPDX-License-Identifier: Apache-2.0
/**
 * Takes due objects from the store's queue and runs over each, several at a time. Any number of processes may do this on one
 * database: the queue leases an object to one of them. Woken by changes; polls by the queue's own next due time.
 */
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { renderKey, type WorkItem } from '@kaas/store'
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

/** A running loop. */
export interface ReconcileLoop {
  /** Takes nothing new, lets each run end after its current action, and resolves when all have. */
  stop(): Promise<void>
}

const LONGEST_SLEEP_MS = 5_000
const AFTER_STORE_FAILURE_MS = 1_000
/** The queue's answer for an object whose cluster had no place. */
const BUSY_AGAIN_MS = 200

/** Starts working at once. */
export function startReconcileLoop(parts: ReconcilerParts, options: LoopOptions): ReconcileLoop {
  const worker = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const stopping = new AbortController()
  const alarm = new Alarm()
  const running = new Set<Promise<void>>()
  const unsubscribe = parts.store.onChange((change) => {
    if (change === 'work') alarm.ring()
  })

  const take = async () => {
    const limit = options.concurrency - running.size
    const items = limit === 0 ? [] : await parts.store.claimWork({ worker, leaseMs: options.leaseMs, limit })
    for (const item of items) {
      const run = work(parts, item, options.leaseMs, stopping.signal).finally(() => {
        running.delete(run)
        alarm.ring()
      })
      running.add(run)
    }
    return items.length
  }

  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        const taken = await take()
        if (taken > 0 && running.size < options.concurrency) continue
        const dueInMs = running.size < options.concurrency ? await parts.store.nextDueInMs() : undefined
        await alarm.wait(Math.min(LONGEST_SLEEP_MS, dueInMs ?? LONGEST_SLEEP_MS))
      } catch (error) {
        parts.log.error({ error }, 'the queue cannot be read')
        await alarm.wait(AFTER_STORE_FAILURE_MS)
      }
    }
    await Promise.all(running)
  }

  const done = loop()
  return {
    stop: async () => {
      unsubscribe()
      stopping.abort()
      alarm.ring()
      await done
    },
  }
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

/** A wake-up that is not lost when nobody sleeps yet. */
class Alarm {
  #rung = false
  #wake: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#wake?.()
  }

  async wait(timeoutMs: number): Promise<void> {
    if (!this.#rung && timeoutMs > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#wake = undefined
    this.#rung = false
  }
}
