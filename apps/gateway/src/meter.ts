// SPDX-License-Identifier: Apache-2.0
/** What one logged-in connection moves: counted for its tenant, and spent from what the tenant ordered. Whether it has to wait then is `rest.ts`. */
import type { TenantAllowance } from './allowance/tenant-allowance.ts'
import { add, placeOf } from './api-traffic.ts'
import type { TenantTraffic } from './traffic.ts'

/** Counts for one connection. */
export class Meter {
  readonly #traffic: TenantTraffic
  readonly #allowance: TenantAllowance

  constructor(traffic: TenantTraffic, allowance: TenantAllowance) {
    this.#traffic = traffic
    this.#allowance = allowance
  }

  /** The client sent so many bytes. */
  received(bytes: number): void {
    this.#traffic.bytesFromClients += bytes
    this.#allowance.received(bytes)
  }

  /** The broker sent so many bytes for it. */
  sent(bytes: number): void {
    this.#traffic.bytesToClients += bytes
    this.#allowance.sent(bytes)
  }

  /** A request begins, or is there; `bytes` is its length on the wire. */
  request(apiKey: number, bytes: number): void {
    const { byApi } = this.#traffic
    this.#traffic.requests += 1
    add(byApi.requests, placeOf(apiKey), 1)
    add(byApi.received, placeOf(apiKey), bytes)
  }
}
