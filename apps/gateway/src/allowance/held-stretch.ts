// SPDX-License-Identifier: Apache-2.0
/** The stretches in which a tenant is beyond one of its rates, for the audit log: hundreds of short waits are one stretch. Pure over the time given. */

/** How long nobody has to wait before a stretch of waiting is over. */
const CALM_MS = 5000

/** A stretch in which a tenant is beyond its rate. */
export type Stretch = { readonly kind: 'begins' } | { readonly kind: 'ends'; readonly heldMs: number }

/** Remembers the stretch of one rate. */
export class HeldStretch {
  /** Its begin, and until when somebody had to wait last. */
  #fromMs: number | undefined
  #untilMs = 0
  #isTold = false

  /** Somebody has to wait for so long from now; 0 changes nothing. */
  note(waitMs: number, nowMs: number): void {
    if (waitMs <= 0) return
    this.#fromMs ??= nowMs
    this.#untilMs = Math.max(this.#untilMs, nowMs + waitMs)
  }

  /** Whether a stretch has begun or ended since the last call. An end is one only after some seconds without waiting. */
  take(nowMs: number): Stretch | undefined {
    if (this.#fromMs === undefined) return undefined
    if (!this.#isTold) {
      this.#isTold = true
      return { kind: 'begins' }
    }
    if (nowMs < this.#untilMs + CALM_MS) return undefined
    const heldMs = this.#untilMs - this.#fromMs
    this.#fromMs = undefined
    this.#isTold = false
    return { kind: 'ends', heldMs }
  }
}
