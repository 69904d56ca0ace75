// SPDX-License-Identifier: Apache-2.0
/** Where a tenant's Kafka is and how names are written there: for whoever looks, at every level of isolation. */
import { namesOf, type SharedTopic, type TenantNames } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { Store, StoredResource } from '@kaas/store'
import { clusterPlace, type KafkaPlace } from '../kafka/kafka-place.ts'
import type { OwnKafka } from '../kafka/own-kafka.ts'
import { absentError } from '../services/resource-paths.ts'
import { claimOf } from './claim.ts'
import { isDedicated } from './is-dedicated.ts'
import { sharedTopicsOf, sharesWith } from './shared-topics.ts'

/** A tenant with its place. */
export interface TenantPlace {
  readonly tenant: StoredResource<'Tenant'>
  /** Also those of topics that others share with it. */
  readonly names: TenantNames
  readonly shares: readonly SharedTopic[]
  readonly place: KafkaPlace
}

/** Throws `resource-absent` for an unknown tenant, and `kafka-unavailable` while it has no place on a shared cluster yet. */
export async function placeOfTenant(store: Store, own: OwnKafka, name: string): Promise<TenantPlace> {
  const tenant = await store.loadResource({ kind: 'Tenant', name })
  if (tenant === undefined) throw absentError({ kind: 'Tenant', name })
  const names = namesOf(name, tenant.spec.isolation)
  if (isDedicated(tenant)) return { tenant, names, shares: [], place: own.placeOf(tenant) }
  const claimed = claimOf(tenant)?.cluster
  const cluster = claimed === undefined ? undefined : await store.loadResource({ kind: 'KafkaCluster', name: claimed })
  if (cluster === undefined) throw notPlaced(name)
  // Of a share that goes, gateways know the name for some seconds more; who looks here is told at once.
  const staying = (await sharesWith(store, name)).filter((share) => share.deletionRequestedAt === undefined)
  const shares = sharedTopicsOf(staying, cluster.name)
  return { tenant, names: withShares(names, shares), shares, place: clusterPlace(cluster) }
}

/** Own topics keep their own name, whatever else they are called. */
function withShares(names: TenantNames, shares: readonly SharedTopic[]): TenantNames {
  const logical = new Map(shares.map(({ physicalName, name }) => [physicalName, name]))
  return { ...names, logical: (physical) => names.logical(physical) ?? logical.get(physical) }
}

function notPlaced(tenant: string): KaasError {
  return new KaasError('kafka-unavailable', {
    message: `The tenant "${tenant}" has no place on a cluster yet.`,
    help: `Wait until it is ready: kaas wait tenant/${tenant} --for Ready.`,
  })
}
