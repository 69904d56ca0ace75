// SPDX-License-Identifier: Apache-2.0
/** How far one run has come: counts actions, and waits for Kafka to show what it took. */
import { KaasError } from '@kaas/errors'

/** A broker shows a change some milliseconds after the controller took it; so long the former state is not believed. */
const VISIBILITY_PAUSES_MS = [5, 10, 20, 40, 80, 160, 320]
/** The same action again and again has no effect: somebody undoes it, or Kafka does not do it. */
const MOST_REPEATS = 2
/** A run that takes longer says in the conditions what it does. */
const SILENT_MS = 300

/** Lives as long as one run. */
export class Progress {
  readonly #mostActions: number
  readonly #startedAtMs = performance.now()
  #actions = 0
  #last: string | undefined
  #name: string | undefined
  #pauses = 0
  #repeats = 0

  constructor(mostActions: number) {
    this.#mostActions = mostActions
  }

  /** The action begun last, by its name. */
  get action(): string | undefined {
    return this.#name
  }

  get isExhausted(): boolean {
    return this.#actions >= this.#mostActions
  }

  get isSlow(): boolean {
    return performance.now() - this.#startedAtMs > SILENT_MS
  }

  /** True, after a pause, while the wish for the same action again may only mean that Kafka does not show its effect yet. */
  async isStillInvisible(action: string): Promise<boolean> {
    const pauseMs = this.#last === action ? VISIBILITY_PAUSES_MS[this.#pauses] : undefined
    if (pauseMs === undefined) return false
    this.#pauses += 1
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    return true
  }

  /**
   * Notes that `action` begins; `name` is what people read of it. Throws `kafka-timeout` when it was done before without effect,
   * and done again.
   */
  begin(action: string, name = action): void {
    this.#repeats = this.#last === action ? this.#repeats + 1 : 0
    if (this.#repeats > MOST_REPEATS) {
      throw new KaasError('kafka-timeout', {
        message: `"${name}" was accepted ${this.#repeats} times and has no effect that can be seen.`,
        help: 'Check that brokers follow their controller, and that nobody else changes the same objects or files.',
      })
    }
    this.#actions += 1
    this.#last = action
    this.#name = name
    this.#pauses = 0
  }
}
