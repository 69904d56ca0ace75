// SPDX-License-Identifier: Apache-2.0
/**
 * The rests of one connection: its tenant has moved more than it ordered, so its next requests wait (KIP-219). How long is decided in
 * `allowance/`, and clients are told by `throttle-time.ts`.
 */
import type { TenantAllowance } from './allowance/tenant-allowance.ts'
import type { ReadGate } from './read-gate.ts'
import type { HoldReason } from './serving.ts'
import type { TenantTraffic } from './traffic.ts'

/** Has a timer while the connection rests: call `end`. */
export class Rest {
  readonly #gate: ReadGate<HoldReason>
  readonly #allowance: TenantAllowance
  readonly #traffic: TenantTraffic
  #timer: NodeJS.Timeout | undefined

  constructor(gate: ReadGate<HoldReason>, allowance: TenantAllowance, traffic: TenantTraffic) {
    this.#gate = gate
    this.#allowance = allowance
    this.#traffic = traffic
  }

  /** Call behind each request: from here on the client is not read for as long as its tenant has to wait. */
  afterRequest(nowMs: number): void {
    const waitMs = this.#allowance.waitMs(nowMs)
    if (waitMs <= 0) return
    this.#gate.hold('throttled')
    this.#traffic.restedMs += waitMs
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#gate.release('throttled'), waitMs)
  }

  /** The connection is closed; it is never read again. */
  end(): void {
    clearTimeout(this.#timer)
  }
}
