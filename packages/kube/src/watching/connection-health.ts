// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the API server can be reached and lets us in: asks `/version` at a steady pace. Watches alone would notice late that a network
 * swallows everything, and cannot tell a server that is away from a kind that is not there.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { asKaasError, type KaasError } from '@kaas/errors'
import type { WatchTiming } from '../cluster-watch.ts'
import type { ApiClient } from '../connection/api-client.ts'
import { apiError } from '../connection/api-error.ts'

/** Who asks, how often, and who is told. */
export interface HealthSettings {
  readonly client: ApiClient
  readonly timing: WatchTiming
  readonly now: () => Date
  /** The connection was lost, or came back. */
  readonly turned: (isBack: boolean) => void
}

/** Runs from `start` to `stop`. */
export class ConnectionHealth {
  readonly #settings: HealthSettings
  readonly #stopping = new AbortController()
  #waking = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #lostSince: Date | undefined
  #problem: KaasError | undefined

  constructor(settings: HealthSettings) {
    this.#settings = settings
  }

  /** Undefined while connected, and before the first answer or failure. */
  get lostSince(): Date | undefined {
    return this.#lostSince
  }

  /** Why it is lost. */
  get problem(): KaasError | undefined {
    return this.#problem
  }

  /** Begins to ask; does not wait. */
  start(): void {
    this.#running = this.#run()
  }

  /** Asks now instead of at the next beat. */
  wake(): void {
    this.#waking.abort()
    this.#waking = new AbortController()
  }

  /** Ends asking and waits until nothing runs. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { heartbeatMs } = this.#settings.timing
    const { signal } = this.#stopping
    while (!signal.aborted) {
      this.#turn(await this.#ask())
      const pauseMs = heartbeatMs * (0.75 + Math.random() / 2)
      await sleep(pauseMs, undefined, { signal: AbortSignal.any([signal, this.#waking.signal]) }).catch(() => {})
    }
  }

  /** What stands in the way. A 403 is a server that is there and knows us, but hides its version. */
  async #ask(): Promise<KaasError | undefined> {
    const { client, timing } = this.#settings
    try {
      const signal = this.#stopping.signal
      const answer = await client.send({ method: 'GET', path: '/version', timeoutMs: timing.heartbeatMs, signal })
      if (answer.status === 200 || answer.status === 403) return undefined
      return apiError(answer.server, 'tell its version', answer)
    } catch (error) {
      return asKaasError(error)
    }
  }

  #turn(problem: KaasError | undefined): void {
    if (this.#stopping.signal.aborted) return
    const wasLost = this.#lostSince !== undefined
    this.#problem = problem
    if (problem === undefined) this.#lostSince = undefined
    else this.#lostSince ??= this.#settings.now()
    const isLost = this.#lostSince !== undefined
    if (wasLost !== isLost) this.#settings.turned(!isLost)
  }
}
