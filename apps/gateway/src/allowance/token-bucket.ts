// SPDX-License-Identifier: Apache-2.0
/** One limit of something a second. May be overdrawn: what was let through counts, and is waited for before the next. Pure over the time given. */

/** A burst of this length is let through before anybody waits. */
const BURST_MS = 1000
/** Nobody waits longer at a time: clients give up requests after thirty seconds. */
const LONGEST_WAIT_MS = 10_000

/**
 * A bucket that fills with `perSecond` tokens. Not limited while that is infinite. `forgives`: what nobody would wait for at a time is
 * not owed. For things of one size, where only the number of connections makes debts longer than a wait: they would outlive their cause.
 */
export class TokenBucket {
  readonly #forgives: boolean
  #perSecond = Number.POSITIVE_INFINITY
  #tokens = 0
  #filledAtMs = 0

  constructor(forgives = false) {
    this.#forgives = forgives
  }

  /** Changes the limit. What was overdrawn stays so. */
  limit(perSecond: number, nowMs: number): void {
    if (perSecond === this.#perSecond) return
    this.#fill(nowMs)
    const wasUnlimited = this.#perSecond === Number.POSITIVE_INFINITY
    this.#perSecond = perSecond
    this.#filledAtMs = nowMs
    this.#tokens = wasUnlimited ? this.#most() : Math.min(this.#tokens, this.#most())
  }

  spend(amount: number): void {
    this.#tokens -= amount
    if (this.#forgives) this.#tokens = Math.max(this.#tokens, (-this.#perSecond * LONGEST_WAIT_MS) / 1000)
  }

  /** How long to wait until nothing is overdrawn, in milliseconds; 0 to go on. */
  waitMs(nowMs: number): number {
    if (this.#perSecond === Number.POSITIVE_INFINITY) return 0
    this.#fill(nowMs)
    return this.#tokens >= 0 ? 0 : Math.min((-this.#tokens / this.#perSecond) * 1000, LONGEST_WAIT_MS)
  }

  #fill(nowMs: number): void {
    if (this.#perSecond === Number.POSITIVE_INFINITY) {
      this.#tokens = 0
      return
    }
    this.#tokens = Math.min(this.#tokens + ((nowMs - this.#filledAtMs) / 1000) * this.#perSecond, this.#most())
    this.#filledAtMs = nowMs
  }

  #most(): number {
    return (this.#perSecond * BURST_MS) / 1000
  }
}
