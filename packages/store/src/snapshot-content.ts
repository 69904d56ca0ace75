// SPDX-License-Identifier: Apache-2.0
/** What the gateway snapshot is made from. Versions are counted in one row, so a reader never misses one that commits late. */
import type { ExternalUser } from '@kaas/domain'
import type { StoredResource } from './resource.ts'

/** All tenants and clusters with the version they add up to. */
export interface SnapshotContent {
  readonly version: number
  readonly tenants: readonly StoredResource<'Tenant'>[]
  readonly clusters: readonly StoredResource<'KafkaCluster'>[]
  /** Of these tenants, by tenant: the users who log in without a password, without those who are being deleted. */
  readonly externalUsers: ReadonlyMap<string, readonly ExternalUser[]>
  /** Shares of topics with these tenants, by the tenant that receives them, the oldest first. */
  readonly shares: ReadonlyMap<string, readonly StoredResource<'TopicShare'>[]>
}

/** What changed after a version. A tenant or cluster changes with its intent, its deletion mark and `status.observed`. */
export interface SnapshotChanges extends SnapshotContent {
  readonly removedTenants: readonly string[]
  readonly removedClusters: readonly string[]
}
