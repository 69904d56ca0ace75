// SPDX-License-Identifier: Apache-2.0
/** Starts something again whenever it has died, at a bounded rate, and says so. */
import { setTimeout as sleep } from 'node:timers/promises'
import { restartDelayFor } from './restart-delay.ts'

/** Keeps one part of the product running, from its first good start until `close`. */
export class KeptRunning {
  readonly #name: string
  readonly #start: () => Promise<void>
  readonly #print: (line: string) => void
  readonly #deathsMs: number[] = []
  readonly #closing = new AbortController()
  #restarting: Promise<void> | undefined

  /** `start` resolves when the part is ready and throws, with its last words, when it died before. */
  constructor(name: string, start: () => Promise<void>, print: (line: string) => void) {
    this.#name = name
    this.#start = start
    this.#print = print
  }

  /** To be called when the part has died after it was ready. */
  died(reason: string): void {
    if (this.#closing.signal.aborted || this.#restarting !== undefined) return
    this.#restarting = this.#restart(reason).finally(() => {
      this.#restarting = undefined
    })
  }

  /** No restart begins after this; resolves when one that has begun is over. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#restarting
  }

  async #restart(reason: string): Promise<void> {
    for (let why = reason; !this.#closing.signal.aborted; ) {
      this.#deathsMs.push(Date.now())
      const delayMs = restartDelayFor(this.#deathsMs, Date.now())
      this.#print(`The ${this.#name} has ended (${why}). It is started again in ${delayMs / 1000} s.`)
      await sleep(delayMs, undefined, { signal: this.#closing.signal }).catch(() => {})
      if (this.#closing.signal.aborted) return
      const started = Date.now()
      try {
        await this.#start()
        this.#print(`The ${this.#name} is back after ${((Date.now() - started + delayMs) / 1000).toFixed(1)} s.`)
        return
      } catch (error) {
        why = error instanceof Error ? error.message : String(error)
      }
    }
  }
}
