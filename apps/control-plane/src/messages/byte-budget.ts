// SPDX-License-Identifier: Apache-2.0
/** Bytes of records that all browses of a process may hold at once. Who asks waits in line until enough is given back. */

/** One per process. */
export class ByteBudget {
  readonly #waiting: { readonly bytes: number; readonly proceed: () => void }[] = []
  #left: number

  constructor(bytes: number) {
    this.#left = bytes
  }

  /** Resolves when `bytes`, less than the whole budget, are the caller's; she gives them back by the function, once. */
  async take(bytes: number): Promise<() => void> {
    if (this.#waiting.length > 0 || bytes > this.#left) {
      await new Promise<void>((proceed) => this.#waiting.push({ bytes, proceed }))
    } else {
      this.#left -= bytes
    }
    let given = false
    return () => {
      if (given) return
      given = true
      this.#giveBack(bytes)
    }
  }

  #giveBack(bytes: number): void {
    this.#left += bytes
    for (let next = this.#waiting[0]; next !== undefined && next.bytes <= this.#left; next = this.#waiting[0]) {
      this.#waiting.shift()
      this.#left -= next.bytes
      next.proceed()
    }
  }
}
