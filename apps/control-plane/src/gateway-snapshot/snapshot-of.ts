// SPDX-License-Identifier: Apache-2.0
/** From stored tenants and clusters to what gateways get. Pure. */
import {
  type ExternalUser,
  parseWorkload,
  type SnapshotBroker,
  type SnapshotCluster,
  type SnapshotTenant,
  tenantLimitsSchema,
} from '@kaas/domain'
import { virtualLimitsFor } from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { claimOf } from '../tenants/claim.ts'
import { sharedTopicsOf } from '../tenants/shared-topics.ts'

/** The tenant's entry; undefined while it has no place on a cluster. A tenant that is being deleted is paused. */
export function snapshotTenantOf(
  tenant: StoredResource<'Tenant'>,
  externalUsers: readonly ExternalUser[] = [],
  shares: readonly StoredResource<'TopicShare'>[] = [],
): SnapshotTenant | undefined {
  const claim = claimOf(tenant)
  if (claim === undefined) return undefined
  const inForce = sharedTopicsOf(shares, claim.cluster)
  return {
    name: tenant.name,
    cluster: claim.cluster,
    limits: tenantLimitsSchema.parse(virtualLimitsFor(parseWorkload(tenant.spec.workload))),
    paused: tenant.deletionRequestedAt !== undefined,
    ...(externalUsers.length === 0 ? {} : { externalUsers: [...externalUsers] }),
    ...(inForce.length === 0 ? {} : { shares: [...inForce] }),
  }
}

/** The cluster's entry; brokers are those seen last, none before it was reached. */
export function snapshotClusterOf(cluster: StoredResource<'KafkaCluster'>): SnapshotCluster {
  const { spec, status } = cluster
  const caPem = status?.observed.caPem
  return {
    name: cluster.name,
    bootstrapServers: spec.bootstrapServers,
    tls: { enabled: spec.tls.enabled, ...(typeof caPem === 'string' ? { caPem } : {}) },
    brokers: brokersOf(status?.observed.brokers),
  }
}

/** What is stored was written by the reconciler; anything else in it is left out. */
function brokersOf(stored: unknown): SnapshotBroker[] {
  if (!Array.isArray(stored)) return []
  return stored.flatMap((broker: Partial<SnapshotBroker> | null) => {
    const { nodeId, host, port } = broker ?? {}
    return typeof nodeId === 'number' && typeof host === 'string' && typeof port === 'number' ? [{ nodeId, host, port }] : []
  })
}
