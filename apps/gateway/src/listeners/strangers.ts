// SPDX-License-Identifier: Apache-2.0
/**
 * Connections that are not logged in: how many there may be at all, and how many of them from one address, so that one machine that
 * floods the gateway leaves room for the log-ins of others.
 */

/** One connection that is not logged in. */
export interface Stranger {
  /** Whether one more from its address may come in. Called once, as soon as the client's own address is known. */
  comesFrom(address: string): boolean
  /** It has logged in or is gone. Safe to call twice. */
  leave(): void
}

/** The strangers of one gateway. */
export class Strangers {
  readonly #most: number
  readonly #mostOfOne: number
  readonly #byAddress = new Map<string, number>()
  #count = 0

  /** One address may have half of `most`: where all clients come from a balancer's, that is still a hundred times what log-ins need. */
  constructor(most: number) {
    this.#most = most
    this.#mostOfOne = Math.ceil(most / 2)
  }

  /** A connection comes in; undefined when there is no room. */
  enter(): Stranger | undefined {
    if (this.#count >= this.#most) return undefined
    this.#count += 1
    let address: string | undefined
    let isGone = false
    return {
      comesFrom: (from) => {
        const others = this.#byAddress.get(from) ?? 0
        if (others >= this.#mostOfOne) return false
        address = from
        this.#byAddress.set(from, others + 1)
        return true
      },
      leave: () => {
        if (isGone) return
        isGone = true
        this.#count -= 1
        if (address !== undefined) this.#forget(address)
      },
    }
  }

  #forget(address: string): void {
    const left = (this.#byAddress.get(address) ?? 0) - 1
    if (left > 0) this.#byAddress.set(address, left)
    else this.#byAddress.delete(address)
  }
}
