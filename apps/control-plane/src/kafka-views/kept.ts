// SPDX-License-Identifier: Apache-2.0
/**
 * Something that is read from Kafka and kept for a while. Who asks gets what is fresh if it can be had in a moment, else what was
 * read before: a slow cluster makes answers older, not slower. Failures are told beside the old value.
 */
import { asKaasError, type KaasError } from '@kaas/errors'

/** What is known. Without a value nothing was read yet, and `problem` says why. */
export interface Known<T> {
  readonly value?: T
  /** Why the last reading failed; the value is then older than it should be. */
  readonly problem?: KaasError
}

/** How old is fresh, and how long somebody waits for fresh when there is something old. Milliseconds. */
export interface KeptOptions {
  readonly maxAgeMs: number
  /** 100 when absent. */
  readonly patienceMs?: number
  /** For the very first value, which there is nothing old for. No limit when absent: the reading has its own deadlines. */
  readonly firstPatienceMs?: number
}

/** A reading that costs time is done less often: its result counts as fresh for this many times as long as it took. */
const AGE_PER_COST = 5

/** Keeps the last value of `load`. At most one load runs. */
export class Kept<T> {
  readonly #load: (before: T | undefined) => Promise<T>
  readonly #options: KeptOptions
  #value: T | undefined
  #problem: KaasError | undefined
  #freshUntilMs = 0
  #running: Promise<void> | undefined
  /** A change of ours came, and no reading began since. */
  #expired = false
  /** The value is from before that change. */
  #outdated = false

  constructor(load: (before: T | undefined) => Promise<T>, options: KeptOptions) {
    this.#load = load
    this.#options = options
  }

  /** The value, fresh where that takes a moment only. Never throws: what failed is in the answer. */
  async get(): Promise<Known<T>> {
    if (performance.now() >= this.#freshUntilMs) {
      const running = this.#start()
      await settledWithin(running, this.#patience())
    }
    return this.#known()
  }

  /** After a change of one's own: the next `get` waits for a reading that began after this moment. */
  expire(): void {
    this.#expired = true
    this.#outdated = true
    this.#freshUntilMs = 0
  }

  #patience(): number | undefined {
    if (this.#outdated) return undefined
    if (this.#value === undefined) return this.#options.firstPatienceMs
    return this.#options.patienceMs ?? 100
  }

  #known(): Known<T> {
    return {
      ...(this.#value === undefined ? {} : { value: this.#value }),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    }
  }

  /** What runs already may have read before the change that expired it, so another one follows. */
  #start(): Promise<void> {
    if (this.#running !== undefined) return this.#expired ? this.#running.then(() => this.#start()) : this.#running
    this.#expired = false
    this.#running = this.#run().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #run(): Promise<void> {
    const started = performance.now()
    try {
      this.#value = await this.#load(this.#value)
      this.#problem = undefined
    } catch (error) {
      this.#problem = asKaasError(error)
    }
    const ended = performance.now()
    if (this.#expired) return
    this.#outdated = false
    this.#freshUntilMs = ended + Math.max(this.#options.maxAgeMs, AGE_PER_COST * (ended - started))
  }
}

async function settledWithin(promise: Promise<void>, timeoutMs: number | undefined): Promise<void> {
  if (timeoutMs === undefined) return await promise
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs)
  })
  await Promise.race([promise, late])
  clearTimeout(timer)
}
