// SPDX-License-Identifier: Apache-2.0
/**
 * The snapshot as the gateway serves from it: tenants and clusters by name. It changes only by whole, checked events; versions
 * only grow. Where events come from is `snapshot-client.ts`.
 */
import { isDeepStrictEqual } from 'node:util'
import type { GatewaySnapshot, SnapshotCluster, SnapshotEvent, SnapshotTenant } from '@kaas/domain'
import { KaasError } from '@kaas/errors'

/** What an event changed, for those who act on it. Tenants that stayed equal are not listed. */
export interface SnapshotChange {
  readonly version: number
  readonly tenants: readonly SnapshotTenant[]
  readonly removedTenants: readonly string[]
  /** Whether any cluster came, went or changed. */
  readonly hasClusterChange: boolean
}

/** The state that requests are served from. */
export class SnapshotView {
  #version = -1
  #tenants = new Map<string, SnapshotTenant>()
  #clusters = new Map<string, SnapshotCluster>()
  readonly #listeners: ((change: SnapshotChange, event: SnapshotEvent) => void)[] = []

  /** Of the last event taken; -1 before the first full state. */
  get version(): number {
    return this.#version
  }

  get tenantCount(): number {
    return this.#tenants.size
  }

  get clusters(): readonly SnapshotCluster[] {
    return [...this.#clusters.values()]
  }

  tenant(name: string): SnapshotTenant | undefined {
    return this.#tenants.get(name)
  }

  cluster(name: string): SnapshotCluster | undefined {
    return this.#clusters.get(name)
  }

  /** The whole state, to keep on disk. */
  toSnapshot(): GatewaySnapshot {
    return { version: this.#version, clusters: this.clusters, tenants: [...this.#tenants.values()] } as GatewaySnapshot
  }

  /** `listener` is told what changed, and by which event. */
  onChange(listener: (change: SnapshotChange, event: SnapshotEvent) => void): void {
    this.#listeners.push(listener)
  }

  /**
   * Takes one event, or throws `document-invalid` and changes nothing: a version that goes back, a change before any full
   * state, a tenant on a cluster that is not there.
   */
  apply(event: SnapshotEvent): void {
    const change = event.kind === 'full' ? this.#takeFull(event.snapshot) : this.#takeChange(event)
    this.#version = change.version
    for (const listener of this.#listeners) listener(change, event)
  }

  #takeFull(snapshot: GatewaySnapshot): SnapshotChange {
    if (snapshot.version < this.#version) throw refused(`version ${snapshot.version} is older than ${this.#version}`)
    const clusters = new Map(snapshot.clusters.map((cluster) => [cluster.name, cluster]))
    const tenants = new Map(snapshot.tenants.map((tenant) => [tenant.name, tenant]))
    const homeless = snapshot.tenants.find((tenant) => !clusters.has(tenant.cluster))
    if (homeless !== undefined) throw refused(`tenant "${homeless.name}" is on an unknown cluster "${homeless.cluster}"`)
    const removedTenants = [...this.#tenants.keys()].filter((name) => !tenants.has(name))
    const changed = snapshot.tenants.filter((tenant) => !isDeepStrictEqual(tenant, this.#tenants.get(tenant.name)))
    this.#clusters = clusters
    this.#tenants = tenants
    return { version: snapshot.version, tenants: changed, removedTenants, hasClusterChange: true }
  }

  #takeChange(event: Exclude<SnapshotEvent, { kind: 'full' }>): SnapshotChange {
    if (this.#version < 0) throw refused('a change came before the full state')
    if (event.version <= this.#version) throw refused(`version ${event.version} is not newer than ${this.#version}`)
    const change = { version: event.version, tenants: [], removedTenants: [], hasClusterChange: false }
    switch (event.kind) {
      case 'tenant':
        if (!this.#clusters.has(event.tenant.cluster))
          throw refused(`tenant "${event.tenant.name}" is on an unknown cluster`)
        this.#tenants.set(event.tenant.name, event.tenant)
        return { ...change, tenants: [event.tenant] }
      case 'tenantRemoved':
        this.#tenants.delete(event.name)
        return { ...change, removedTenants: [event.name] }
      case 'cluster':
        this.#clusters.set(event.cluster.name, event.cluster)
        return { ...change, hasClusterChange: true }
      case 'clusterRemoved':
        if ([...this.#tenants.values()].some((tenant) => tenant.cluster === event.name)) {
          throw refused(`cluster "${event.name}" still has tenants`)
        }
        this.#clusters.delete(event.name)
        return { ...change, hasClusterChange: true }
    }
  }
}

function refused(why: string): KaasError {
  return new KaasError('document-invalid', {
    message: `The snapshot was refused: ${why}.`,
    help: 'The last good one stays in use. If the control plane was set up anew, delete the gateway’s snapshot file and restart it.',
  })
}
