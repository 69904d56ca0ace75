// SPDX-License-Identifier: Apache-2.0
/**
 * Which tenants live on which cluster and what they hold of it, as the store has it. Kept in memory and brought up to date by what
 * changed since, so that placing a tenant does not read all the others.
 */
import { type PlanLimits, parseWorkload } from '@kaas/domain'
import { capacityOf, limitsFor, type SharedCluster, takenBy } from '@kaas/planner'
import type { Store, StoredResource } from '@kaas/store'
import { claimOf } from './claim.ts'
import { isDedicated } from './is-dedicated.ts'
import { registeredBrokers } from './registered-brokers.ts'

/** One per process; several processes see each other's claims through the store. */
export class Placements {
  readonly #store: Store
  readonly #tenants = new Map<string, StoredResource<'Tenant'>>()
  readonly #clusters = new Map<string, StoredResource<'KafkaCluster'>>()
  #version: number | undefined
  #refreshing: Promise<void> | undefined

  constructor(store: Store) {
    this.#store = store
  }

  /** The clusters that were reached once, without deleted ones, as the planner sees them. `except` is the tenant to place. */
  async candidates(except: string): Promise<readonly SharedCluster[]> {
    await this.#refresh()
    const clusters = [...this.#clusters.values()].filter(
      (each) => each.deletionRequestedAt === undefined && wasReached(each),
    )
    return clusters.map((cluster) => {
      const replicationFactor = Number(cluster.status?.observed.replicationFactor ?? 1)
      const capacity = capacityOf(cluster.spec)
      const others = capacity === undefined ? [] : this.#limitsOn(cluster.name, except)
      const taken = takenBy(others, replicationFactor)
      return { name: cluster.name, brokers: registeredBrokers(cluster), replicationFactor, capacity, taken }
    })
  }

  /** The names of all tenants on a cluster. */
  async tenantsOn(cluster: string): Promise<readonly string[]> {
    await this.#refresh()
    return [...this.#tenants.values()].filter((tenant) => claimOf(tenant)?.cluster === cluster).map(({ name }) => name)
  }

  /** All tenants with Kafka of their own that are not being deleted. */
  async dedicated(): Promise<readonly StoredResource<'Tenant'>[]> {
    await this.#refresh()
    return [...this.#tenants.values()].filter((tenant) => isDedicated(tenant) && tenant.deletionRequestedAt === undefined)
  }

  #limitsOn(cluster: string, except: string): readonly PlanLimits[] {
    return [...this.#tenants.values()]
      .filter((tenant) => tenant.name !== except && claimOf(tenant)?.cluster === cluster)
      .map((tenant) => limitsFor(parseWorkload(tenant.spec.workload)))
  }

  /** Who comes while a refresh runs waits for the next: the running one may have read before the caller's own write. */
  async #refresh(): Promise<void> {
    await this.#refreshing?.catch(() => undefined)
    this.#refreshing ??= this.#load().finally(() => {
      this.#refreshing = undefined
    })
    await this.#refreshing
  }

  async #load(): Promise<void> {
    if (this.#version === undefined) {
      const content = await this.#store.loadSnapshot()
      this.#keep(content.tenants, content.clusters)
      this.#version = content.version
      return
    }
    const changes = await this.#store.loadSnapshotChanges(this.#version)
    for (const name of changes.removedTenants) this.#tenants.delete(name)
    for (const name of changes.removedClusters) this.#clusters.delete(name)
    this.#keep(changes.tenants, changes.clusters)
    this.#version = changes.version
  }

  #keep(tenants: readonly StoredResource<'Tenant'>[], clusters: readonly StoredResource<'KafkaCluster'>[]): void {
    for (const tenant of tenants) this.#tenants.set(tenant.name, tenant)
    for (const cluster of clusters) this.#clusters.set(cluster.name, cluster)
  }
}

function wasReached(cluster: StoredResource<'KafkaCluster'>): boolean {
  return cluster.status?.observed.clusterId !== undefined
}
