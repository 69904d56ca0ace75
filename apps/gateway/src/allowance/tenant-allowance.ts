// SPDX-License-Identifier: Apache-2.0
/**
 * What one tenant may do at this gateway: its rates times this gateway's shares of them. Bytes and requests are let through and waited
 * for afterwards (decision 0026), new connections wait for their turn before they begin (decision 0036).
 */
import type { TenantLimits, TenantShare } from '@kaas/domain'
import { HeldStretch, type Stretch } from './held-stretch.ts'
import { type Passed, Rate } from './rate.ts'

/** A new connection waits no longer for its turn: clients give up a log-in after ten seconds. */
const LONGEST_TURN_MS = 5000

/** The shares of this gateway, each from 0 to 1. */
export type Shares = { readonly [name in keyof TenantShare]-?: number }

/** What can be beyond its rate, by the rule that the audit log names. */
export type HeldRule = 'rate' | 'request-rate' | 'connection-rate'

/** When a new connection may begin; a refused one is closed then. */
export interface Turn {
  readonly kind: 'granted' | 'refused'
  readonly waitMs: number
}

/** Counts what all connections of a tenant do against its rates. */
export class TenantAllowance {
  readonly #in = new Rate()
  readonly #out = new Rate()
  readonly #requests = new Rate(true)
  readonly #newConnections = new Rate()
  readonly #stretches: Readonly<Record<HeldRule, HeldStretch>> = {
    rate: new HeldStretch(),
    'request-rate': new HeldStretch(),
    'connection-rate': new HeldStretch(),
  }
  #limits: TenantLimits
  #shares: Shares

  constructor(limits: TenantLimits, shares: Shares, nowMs: number) {
    this.#limits = limits
    this.#shares = shares
    this.#apply(nowMs)
  }

  /** Connections of the tenant that may be open here. */
  get connections(): number {
    return Math.max(this.#limits.connections - this.#shares.connectionsElsewhere, 0)
  }

  change(limits: TenantLimits, shares: Shares, nowMs: number): void {
    this.#limits = limits
    this.#shares = shares
    this.#apply(nowMs)
  }

  received(bytes: number): void {
    this.#in.spend(bytes)
  }

  sent(bytes: number): void {
    this.#out.spend(bytes)
  }

  /** A request is there, whatever its size. */
  requested(): void {
    this.#requests.spend(1)
  }

  /** How long clients of the tenant wait before their next request, in milliseconds. */
  waitMs(nowMs: number): number {
    const bytesMs = Math.max(this.#in.waitMs(nowMs), this.#out.waitMs(nowMs))
    const requestsMs = this.#requests.waitMs(nowMs)
    this.#stretches.rate.note(bytesMs, nowMs)
    this.#stretches['request-rate'].note(requestsMs, nowMs)
    return Math.max(bytesMs, requestsMs)
  }

  /** The turn of a new connection: behind those that came before, or none when that would take too long. */
  turn(nowMs: number): Turn {
    const waitMs = this.#newConnections.waitMs(nowMs)
    this.#stretches['connection-rate'].note(waitMs, nowMs)
    if (waitMs <= LONGEST_TURN_MS) {
      this.#newConnections.spend(1)
      return { kind: 'granted', waitMs }
    }
    this.#newConnections.turnAway(1)
    return { kind: 'refused', waitMs: LONGEST_TURN_MS }
  }

  /** Stretches of waiting that have begun or ended since the last call. */
  takeStretches(nowMs: number): readonly (readonly [HeldRule, Stretch])[] {
    return (['rate', 'request-rate', 'connection-rate'] as const).flatMap((rule) => {
      const stretch = this.#stretches[rule].take(nowMs)
      return stretch === undefined ? [] : [[rule, stretch] as const]
    })
  }

  /** What passed since the last call, `overMs` ago. */
  takeLoad(overMs: number): Readonly<Record<'received' | 'sent' | 'requests' | 'newConnections', Passed>> {
    return {
      received: this.#in.take(overMs),
      sent: this.#out.take(overMs),
      requests: this.#requests.take(overMs),
      newConnections: this.#newConnections.take(overMs),
    }
  }

  #apply(nowMs: number): void {
    const limits = this.#limits
    const shares = this.#shares
    this.#in.limit((limits.produceBytesPerSecond ?? Infinity) * shares.produce, nowMs)
    this.#out.limit((limits.consumeBytesPerSecond ?? Infinity) * shares.consume, nowMs)
    this.#requests.limit((limits.requestsPerSecond ?? Infinity) * shares.requests, nowMs)
    this.#newConnections.limit((limits.connectionsPerSecond ?? Infinity) * shares.newConnections, nowMs)
  }
}
