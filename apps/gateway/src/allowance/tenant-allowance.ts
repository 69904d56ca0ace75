// SPDX-License-Identifier: Apache-2.0
/** What one tenant may move through this gateway: its ordered rates times this gateway's shares of them. */
import type { TenantLimits, TenantShare } from '@kaas/domain'
import { TokenBucket } from './token-bucket.ts'

/** How long nobody has to wait before a stretch of waiting is over. */
const CALM_MS = 5000

/** A stretch in which a tenant is beyond its rate. */
export type Stretch = { readonly kind: 'begins' } | { readonly kind: 'ends'; readonly heldMs: number }

/** Before anything is known of other gateways. */
export const WHOLE_SHARE: TenantShare = { produce: 1, consume: 1, connectionsElsewhere: 0 }

/** Counts bytes of all connections of a tenant against its rates. */
export class TenantAllowance {
  readonly #in = new TokenBucket()
  readonly #out = new TokenBucket()
  #limits: TenantLimits
  #share: TenantShare
  /** Since the last report. */
  #received = 0
  #sent = 0
  #wasHeld = false
  /** The stretch in which clients have to wait: its begin, and when one had to wait last. */
  #heldFromMs: number | undefined
  #heldLastMs = 0
  #isStretchTold = false

  constructor(limits: TenantLimits, share: TenantShare, nowMs: number) {
    this.#limits = limits
    this.#share = share
    this.#apply(nowMs)
  }

  /** Connections of the tenant that may be open here. */
  get connections(): number {
    return Math.max(this.#limits.connections - this.#share.connectionsElsewhere, 0)
  }

  change(limits: TenantLimits, share: TenantShare, nowMs: number): void {
    this.#limits = limits
    this.#share = share
    this.#apply(nowMs)
  }

  received(bytes: number): void {
    this.#received += bytes
    this.#in.spend(bytes)
  }

  sent(bytes: number): void {
    this.#sent += bytes
    this.#out.spend(bytes)
  }

  /** How long clients of the tenant wait before their next request, in milliseconds. */
  waitMs(nowMs: number): number {
    const waitMs = Math.max(this.#in.waitMs(nowMs), this.#out.waitMs(nowMs))
    if (waitMs > 0) {
      this.#wasHeld = true
      this.#heldFromMs ??= nowMs
      this.#heldLastMs = nowMs + waitMs
    }
    return waitMs
  }

  /** Whether a stretch of waiting has begun or ended since the last call. An end is one only after some seconds without waiting. */
  takeStretch(nowMs: number): Stretch | undefined {
    if (this.#heldFromMs === undefined) return undefined
    if (!this.#isStretchTold) {
      this.#isStretchTold = true
      return { kind: 'begins' }
    }
    if (nowMs < this.#heldLastMs + CALM_MS) return undefined
    const heldMs = this.#heldLastMs - this.#heldFromMs
    this.#heldFromMs = undefined
    this.#isStretchTold = false
    return { kind: 'ends', heldMs }
  }

  /** What passed since the last call, `overMs` ago, as rates; and whether clients had to wait. */
  takeLoad(overMs: number): { readonly received: number; readonly sent: number; readonly wasHeld: boolean } {
    const perSecond = 1000 / Math.max(overMs, 1)
    const load = { received: this.#received * perSecond, sent: this.#sent * perSecond, wasHeld: this.#wasHeld }
    this.#received = 0
    this.#sent = 0
    this.#wasHeld = false
    return load
  }

  #apply(nowMs: number): void {
    const { produceBytesPerSecond = Number.POSITIVE_INFINITY, consumeBytesPerSecond = Number.POSITIVE_INFINITY } =
      this.#limits
    this.#in.limit(produceBytesPerSecond * this.#share.produce, nowMs)
    this.#out.limit(consumeBytesPerSecond * this.#share.consume, nowMs)
  }
}
