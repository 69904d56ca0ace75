// SPDX-License-Identifier: Apache-2.0
/** How many brokers share a tenant's limits. */
import type { StoredResource } from '@kaas/store'

/** Brokers as the reconciler of the cluster saw them last; 1 before it has seen any. */
export function registeredBrokers(cluster: StoredResource<'KafkaCluster'>): number {
  const brokers = cluster.status?.observed.brokers
  return Array.isArray(brokers) && brokers.length > 0 ? brokers.length : 1
}
