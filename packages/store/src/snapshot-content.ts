// SPDX-License-Identifier: Apache-2.0
/** What the gateway snapshot is made from. Versions are counted in one row, so a reader never misses one that commits late. */
import type { StoredResource } from './resource.ts'

/** All tenants and clusters with the version they add up to. */
export interface SnapshotContent {
  readonly version: number
  readonly tenants: readonly StoredResource<'Tenant'>[]
  readonly clusters: readonly StoredResource<'KafkaCluster'>[]
}

/** What changed after a version. A tenant or cluster changes with its intent, its deletion mark and `status.observed`. */
export interface SnapshotChanges extends SnapshotContent {
  readonly removedTenants: readonly string[]
  readonly removedClusters: readonly string[]
}
