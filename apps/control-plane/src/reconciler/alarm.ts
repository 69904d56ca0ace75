// SPDX-License-Identifier: Apache-2.0
/** Sleeping until a time or until woken, without losing a wake-up that comes before the sleep. */

/** One sleeper, any number of wakers. */
export class Alarm {
  #rung = false
  #wake: (() => void) | undefined

  /** Ends the sleep, or the next one at once. */
  ring(): void {
    this.#rung = true
    this.#wake?.()
  }

  /** Sleeps; ends early when rung since the last sleep ended. */
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
