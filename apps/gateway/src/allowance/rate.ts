// SPDX-License-Identifier: Apache-2.0
/** One rate of a tenant at this gateway: what it may, what passed since the last report, and whether somebody had to wait for it. */
import { TokenBucket } from './token-bucket.ts'

/** What passed, as a rate, and whether clients had to wait. */
export interface Passed {
  readonly perSecond: number
  readonly wasHeld: boolean
}

/** Counts one thing: bytes of a direction, requests, or new connections. */
export class Rate {
  readonly #bucket: TokenBucket
  /** Since the last report. */
  #passed = 0
  #wasHeld = false

  /** `forgives` as that of `TokenBucket`. */
  constructor(forgives = false) {
    this.#bucket = new TokenBucket(forgives)
  }

  /** Changes the rate. Infinity: nobody waits. */
  limit(perSecond: number, nowMs: number): void {
    this.#bucket.limit(perSecond, nowMs)
  }

  /** Something passes, and is paid for. */
  spend(amount: number): void {
    this.#passed += amount
    this.#bucket.spend(amount)
  }

  /** Something came and was turned away: it was wanted, and costs nothing. */
  turnAway(amount: number): void {
    this.#passed += amount
  }

  /** How long the next has to wait, in milliseconds; 0 to go on. */
  waitMs(nowMs: number): number {
    const waitMs = this.#bucket.waitMs(nowMs)
    if (waitMs > 0) this.#wasHeld = true
    return waitMs
  }

  /** Since the last call, `overMs` ago. */
  take(overMs: number): Passed {
    const passed = { perSecond: (this.#passed * 1000) / Math.max(overMs, 1), wasHeld: this.#wasHeld }
    this.#passed = 0
    this.#wasHeld = false
    return passed
  }
}
