// SPDX-License-Identifier: Apache-2.0
/** The snapshot in memory: what the store says, folded into entries, and the events that each change comes to. No I/O. */
import { isDeepStrictEqual } from 'node:util'
import type { GatewaySnapshot, SnapshotCluster, SnapshotEvent, SnapshotTenant } from '@kaas/domain'
import type { SnapshotChanges, SnapshotContent } from '@kaas/store'
import { snapshotClusterOf, snapshotTenantOf } from './snapshot-of.ts'

/** Holds one entry per tenant and cluster. */
export class SnapshotState {
  readonly #tenants = new Map<string, SnapshotTenant>()
  readonly #clusters = new Map<string, SnapshotCluster>()
  #version: number
  #held: readonly Change[] = []

  constructor(content: SnapshotContent) {
    this.#version = content.version
    this.#fold({ ...content, removedTenants: [], removedClusters: [] })
  }

  /** The store's version up to which everything is in. */
  get version(): number {
    return this.#version
  }

  /** The whole, as a full event carries it. */
  full(): GatewaySnapshot {
    return { version: this.#version, clusters: [...this.#clusters.values()], tenants: [...this.#tenants.values()] }
  }

  /** Whether the tenant is in, and its newest entry was returned by `apply` or lies in every full state. */
  isAnnounced(name: string): boolean {
    return this.#tenants.has(name) && !this.#held.some((change) => change.kind === 'tenant' && change.tenant.name === name)
  }

  /**
   * Takes in what changed and returns an event for each entry that is different now, each with a version of its own, the last with
   * that of the changes. The store counts one version per write, so there are enough; a write that came while the store was
   * read has a later version, and its event is held back until that is reached.
   */
  apply(changes: SnapshotChanges): readonly SnapshotEvent[] {
    const all = [...this.#held, ...this.#fold(changes)]
    const ready = all.slice(0, Math.max(0, changes.version - this.#version))
    this.#held = all.slice(ready.length)
    this.#version = changes.version
    return ready.map((change, index) => ({ ...change, version: changes.version - ready.length + 1 + index }))
  }

  /** Clusters come before tenants and go after them: no tenant ever points to a cluster that a gateway does not know. */
  #fold(changes: SnapshotChanges): readonly Change[] {
    const stored = changes.tenants.map(
      (tenant) =>
        [
          tenant.name,
          snapshotTenantOf(tenant, changes.externalUsers.get(tenant.name), changes.shares.get(tenant.name)),
        ] as const,
    )
    const withoutPlace = stored.flatMap(([name, entry]) => (entry === undefined ? [name] : []))
    // A name that was removed and made again is in both lists: what is stored counts.
    const present = new Set([...changes.tenants, ...changes.clusters].map(({ kind, name }) => `${kind} ${name}`))
    const removed = changes.removedTenants.filter((name) => !present.has(`Tenant ${name}`))
    const clustersRemoved = changes.removedClusters.filter((name) => !present.has(`KafkaCluster ${name}`))
    const clusters = changes.clusters.map(snapshotClusterOf).filter((cluster) => put(this.#clusters, cluster))
    const gone = [...removed, ...withoutPlace].filter((name) => this.#tenants.delete(name))
    const tenants = stored.flatMap(([, entry]) => (entry !== undefined && put(this.#tenants, entry) ? [entry] : []))
    const clustersGone = clustersRemoved.filter((name) => this.#clusters.delete(name))
    return [
      ...clusters.map((cluster) => ({ kind: 'cluster', cluster }) as const),
      ...gone.map((name) => ({ kind: 'tenantRemoved', name }) as const),
      ...tenants.map((tenant) => ({ kind: 'tenant', tenant }) as const),
      ...clustersGone.map((name) => ({ kind: 'clusterRemoved', name }) as const),
    ]
  }
}

/** An event that has no version yet. */
type Change = WithoutVersion<Exclude<SnapshotEvent, { readonly kind: 'full' }>>
type WithoutVersion<E> = E extends unknown ? Omit<E, 'version'> : never

/** False when the entry is there already, just like this. */
function put<T extends { readonly name: string }>(entries: Map<string, T>, entry: T): boolean {
  if (isDeepStrictEqual(entries.get(entry.name), entry)) return false
  entries.set(entry.name, entry)
  return true
}
