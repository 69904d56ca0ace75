// SPDX-License-Identifier: Apache-2.0
/**
 * Whether one socket is read, held by reasons: it is read only while no reason stands against it. So one part that lets go
 * cannot undo another part's hold.
 */

/** Reading of one socket. `stop` and `go` are called when the first reason comes and when the last one goes. */
export class ReadGate<Reason extends string> {
  readonly #reasons = new Set<Reason>()
  readonly #stop: () => void
  readonly #go: () => void

  constructor(stop: () => void, go: () => void) {
    this.#stop = stop
    this.#go = go
  }

  get isHeld(): boolean {
    return this.#reasons.size > 0
  }

  hold(reason: Reason): void {
    const wasOpen = this.#reasons.size === 0
    this.#reasons.add(reason)
    if (wasOpen) this.#stop()
  }

  /** Safe to call for a reason that is not held. */
  release(reason: Reason): void {
    if (this.#reasons.delete(reason) && this.#reasons.size === 0) this.#go()
  }
}
