// SPDX-License-Identifier: Apache-2.0
/**
 * The allowances of all tenants that have connections here, kept by the snapshot's limits and by the shares that the control plane
 * answers. What is reported, and when, is `load-reporter.ts`.
 */
import type { GatewayShares, SnapshotTenant, TenantLoad } from '@kaas/domain'
import type { Seen } from '../audit/journal.ts'
import type { SnapshotChange } from '../snapshot/snapshot-view.ts'
import type { Stretch } from './held-stretch.ts'
import { loadOf } from './load-of.ts'
import { type HeldRule, type Shares, TenantAllowance } from './tenant-allowance.ts'

/** What a tenant has reached, and who waits for it. */
const REACHED: Readonly<Record<HeldRule, readonly [what: string, who: string]>> = {
  rate: ['rate', 'its clients wait'],
  'request-rate': ['requests a second', 'its clients wait'],
  'connection-rate': ['new connections a second', 'they wait for their turn'],
}

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

  /** For the audit log: who has begun to wait for one of its rates, and who is within it again. */
  throttling(nowMs: number): readonly Seen[] {
    return [...this.#byTenant].flatMap(([tenant, allowance]) =>
      allowance.takeStretches(nowMs).map(([rule, stretch]) => ({ action: 'limit', rule, tenant, ...toldOf(rule, stretch) })),
    )
  }

  /** What is worth reporting of the `overMs` since the last call. `connectionsOf` counts the open ones of a tenant. */
  takeLoads(overMs: number, connectionsOf: (tenant: string) => number): TenantLoad[] {
    return [...this.#byTenant].flatMap(([name, allowance]) => {
      const passed = allowance.takeLoad(overMs)
      const limits = this.#limits.get(name)
      const load = limits === undefined ? undefined : loadOf(name, limits, passed, connectionsOf(name))
      return load === undefined ? [] : [load]
    })
  }

  /** What the control plane did not say is even. */
  #shareOf(tenant: string): Shares {
    const { tenants, nodes } = this.#shares
    const even = 1 / nodes
    const told = tenants[tenant] ?? { produce: even, consume: even, connectionsElsewhere: 0 }
    return { ...told, requests: told.requests ?? even, newConnections: told.newConnections ?? even }
  }
}

function toldOf(rule: HeldRule, stretch: Stretch): Pick<Seen, 'outcome' | 'message'> {
  const [what, who] = REACHED[rule]
  if (stretch.kind === 'begins') return { outcome: 'denied', message: `The tenant reached its ${what}: ${who}.` }
  return {
    outcome: 'allowed',
    message: `The tenant is within its ${what} again, after ${Math.ceil(stretch.heldMs / 1000)} s.`,
  }
}
