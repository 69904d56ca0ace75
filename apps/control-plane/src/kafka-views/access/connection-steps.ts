// SPDX-License-Identifier: Apache-2.0
/** Runs the steps of a test one after the other, times each, and ends with the first that fails. */
import { asKaasError, type KaasError } from '@kaas/errors'
import type { ConnectionTest } from '@kaas/http-contract'

type Step = ConnectionTest['steps'][number]

/** What a step says when it went well. Left out: it was not tried, and why. */
export type StepOutcome = string | { readonly leftOut: string }

/** Collects steps. After a failure nothing more is run. */
export class ConnectionSteps {
  readonly #steps: Step[] = []
  #failed = false

  get steps(): readonly Step[] {
    return this.#steps
  }

  get ok(): boolean {
    return !this.#failed
  }

  /** Runs `work` unless an earlier step failed. `helpFor` may know more than the error does. */
  async run(step: Step['step'], work: () => Promise<StepOutcome>, helpFor?: (error: KaasError) => string): Promise<void> {
    if (this.#failed) return
    const started = performance.now()
    const tookMs = () => Math.round((performance.now() - started) * 10) / 10
    try {
      const outcome = await work()
      if (typeof outcome === 'string') this.#steps.push({ step, state: 'done', tookMs: tookMs(), message: outcome })
      else this.#steps.push({ step, state: 'left-out', tookMs: tookMs(), message: outcome.leftOut })
    } catch (thrown) {
      this.#failed = true
      const error = asKaasError(thrown)
      const help = helpFor?.(error) ?? error.help
      this.#steps.push({
        step,
        state: 'failed',
        tookMs: tookMs(),
        message: error.message,
        ...(help === undefined ? {} : { help }),
      })
    }
  }
}
