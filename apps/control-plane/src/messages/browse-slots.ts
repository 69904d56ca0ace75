// SPDX-License-Identifier: Apache-2.0
/** How many browses may be open: for the process, so that a thousand tails harm nobody, and for one person, so that she leaves room. */
import { KaasError } from '@kaas/errors'

/** The bounds. */
export interface SlotLimits {
  readonly process: number
  readonly person: number
}

/** One per process. */
export class BrowseSlots {
  readonly #limits: SlotLimits
  readonly #byPerson = new Map<string, number>()
  #open = 0

  constructor(limits: SlotLimits) {
    this.#limits = limits
  }

  /** Takes one for `person`; the function gives it back. Throws `rate-exceeded` when all are taken. */
  take(person: string): () => void {
    const own = this.#byPerson.get(person) ?? 0
    if (own >= this.#limits.person) {
      throw tooMany(
        `You have ${own} browses open, and ${this.#limits.person} are allowed at once.`,
        'Stop one of them first.',
      )
    }
    if (this.#open >= this.#limits.process) {
      throw tooMany(`${this.#open} browses are open, as many as this control plane allows.`, 'Try again in a moment.')
    }
    this.#open += 1
    this.#byPerson.set(person, own + 1)
    let given = false
    return () => {
      if (given) return
      given = true
      this.#open -= 1
      const left = (this.#byPerson.get(person) ?? 1) - 1
      if (left === 0) this.#byPerson.delete(person)
      else this.#byPerson.set(person, left)
    }
  }
}

function tooMany(message: string, help: string): KaasError {
  return new KaasError('rate-exceeded', { message, help })
}
