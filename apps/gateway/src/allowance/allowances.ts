// SPDX-License-Identifier: Apache-2.0
/**
 * The allowances of all tenants that have connections here, kept by the snapshot's limits and by the shares that the control plane
 * answers. What is reported, and when, is `load-reporter.ts`.
 */
import type { GatewayShares, SnapshotTenant, TenantLoad, TenantShare } from '@kaas/domain'
import type { Seen } from '../audit/journal.ts'
import type { SnapshotChange } from '../snapshot/snapshot-view.ts'
import { TenantAllowance, WHOLE_SHARE } from './tenant-allowance.ts'

/** Below this part of each limit a tenant is not worth a report. */
const NOTABLE = 0.1
/** Who is slowed down wants more than what passes; how much more nobody knows. */
const HELD_DEMAND = 1.5

/** Allowances by tenant. */
export class Allowances {
  readonly #byTenant = new Map<string, TenantAllowance>()
  readonly #limits = new Map<string, SnapshotTenant['limits']>()
  #shares: GatewayShares = { nodes: 1, tenants: {} }

  /** The allowance of a tenant, for as long as it has connections or traffic here. */
  of(tenant: SnapshotTenant, nowMs: number): TenantAllowance {
    const known = this.#byTenant.get(tenant.name)
    if (known !== undefined) return known
    const fresh = new TenantAllowance(tenant.limits, this.#shareOf(tenant.name), nowMs)
    this.#limits.set(tenant.name, tenant.limits)
    this.#byTenant.set(tenant.name, fresh)
    return fresh
  }

  /** Takes changed limits, and forgets tenants that went. */
  follow(change: SnapshotChange, nowMs: number): void {
    for (const name of change.removedTenants) {
      this.#byTenant.delete(name)
      this.#limits.delete(name)
    }
    for (const { name, limits } of change.tenants) {
      if (!this.#byTenant.has(name)) continue
      this.#limits.set(name, limits)
      this.#byTenant.get(name)?.change(limits, this.#shareOf(name), nowMs)
    }
  }

  /** Takes the shares of this gateway; they hold until the next ones come. */
  share(shares: GatewayShares, nowMs: number): void {
    this.#shares = shares
    for (const [name, allowance] of this.#byTenant) {
      const limits = this.#limits.get(name)
      if (limits !== undefined) allowance.change(limits, this.#shareOf(name), nowMs)
    }
  }

  /** For the audit log: who has begun to wait for its rate, and who is within it again. */
  throttling(nowMs: number): readonly Seen[] {
    const seen: Seen[] = []
    for (const [tenant, allowance] of this.#byTenant) {
      const stretch = allowance.takeStretch(nowMs)
      if (stretch === undefined) continue
      const [outcome, message] =
        stretch.kind === 'begins'
          ? (['denied', 'The tenant reached its rate: its clients wait.'] as const)
          : (['allowed', `The tenant is within its rate again, after ${Math.ceil(stretch.heldMs / 1000)} s.`] as const)
      seen.push({ action: 'limit', outcome, rule: 'rate', message, tenant })
    }
    return seen
  }

  /** What is worth reporting of the `overMs` since the last call. `connectionsOf` counts the open ones of a tenant. */
  takeLoads(overMs: number, connectionsOf: (tenant: string) => number): TenantLoad[] {
    const loads: TenantLoad[] = []
    for (const [name, allowance] of this.#byTenant) {
      const { received, sent, wasHeld } = allowance.takeLoad(overMs)
      const limits = this.#limits.get(name)
      const connections = connectionsOf(name)
      if (limits === undefined) continue
      const { produceBytesPerSecond = Infinity, consumeBytesPerSecond = Infinity } = limits
      const isNotable =
        wasHeld ||
        received > produceBytesPerSecond * NOTABLE ||
        sent > consumeBytesPerSecond * NOTABLE ||
        connections > limits.connections * NOTABLE
      const more = wasHeld ? HELD_DEMAND : 1
      if (isNotable)
        loads.push({ name, produceBytesPerSecond: received * more, consumeBytesPerSecond: sent * more, connections })
    }
    return loads
  }

  #shareOf(tenant: string): TenantShare {
    const { tenants, nodes } = this.#shares
    const even = 1 / nodes
    return tenants[tenant] ?? { ...WHOLE_SHARE, produce: even, consume: even }
  }
}
