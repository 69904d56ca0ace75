// SPDX-License-Identifier: Apache-2.0
/**
 * The rests of one connection: its tenant has moved or asked more than it ordered, so its next requests wait (KIP-219); and a new one
 * waits for its turn when too many come at once (decision 0036). How long is decided in `allowance/`, and clients are told by
 * `throttle-time.ts`.
 */
import type { TenantAllowance, Turn } from './allowance/tenant-allowance.ts'
import type { ReadGate } from './read-gate.ts'
import type { HoldReason } from './serving.ts'
import type { TenantTraffic } from './traffic.ts'

/** A place among the connections of a tenant, and when the connection may begin. */
export interface Admitted {
  readonly traffic: TenantTraffic
  readonly turn: Turn
}

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

  /** The client is not read until its turn comes; then `begin` answers its log-in, or closes it. */
  untilTurn({ kind, waitMs }: Turn, begin: (isGranted: boolean) => void): void {
    if (waitMs <= 0) {
      begin(kind === 'granted')
      return
    }
    this.#gate.hold('throttled')
    this.#timer = setTimeout(() => {
      begin(kind === 'granted')
      this.#gate.release('throttled')
    }, waitMs)
  }

  /** Call once for each request: from here on the client is not read for as long as its tenant has to wait. */
  afterRequest(nowMs: number): void {
    this.#allowance.requested()
    const waitMs = this.#allowance.waitMs(nowMs)
    if (waitMs <= 0) return
    this.#gate.hold('throttled')
    this.#traffic.restedMs += waitMs
    this.#traffic.limited.throttledRequests += 1
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#gate.release('throttled'), waitMs)
  }

  /** The connection is closed; it is never read again. */
  end(): void {
    clearTimeout(this.#timer)
  }
}
