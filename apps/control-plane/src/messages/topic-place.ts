// SPDX-License-Identifier: Apache-2.0
/** Where the records of a tenant's topic are: the cluster that she lives on, and the name that the topic has there. */
import { parseTopicName, physicalName } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { Store, StoredResource } from '@kaas/store'
import { absentError } from '../services/resource-paths.ts'
import { claimOf } from '../tenants/claim.ts'
import { isDedicated } from '../tenants/is-dedicated.ts'

/** A topic as paths name it. */
export interface TopicKey {
  readonly tenant: string
  readonly name: string
}

/** A topic as Kafka knows it. */
export interface TopicPlace {
  readonly cluster: StoredResource<'KafkaCluster'>
  /** `<tenant>.<topic>`. */
  readonly physical: string
}

/**
 * Throws `name-invalid` for what cannot name a topic, `resource-absent` for an unknown tenant, `not-configured` for one whose Kafka this
 * control plane does not reach, and `kafka-unavailable` while she has no place yet.
 */
export async function findTopic(store: Store, { tenant, name }: TopicKey): Promise<TopicPlace> {
  const key = { kind: 'Tenant', name: tenant } as const
  const stored = await store.loadResource(key)
  if (stored === undefined) throw absentError(key)
  parseTopicName(name, tenant)
  if (isDedicated(stored)) throw outOfReach(tenant, stored.spec.isolation)
  const place = claimOf(stored)?.cluster
  const cluster = place === undefined ? undefined : await store.loadResource({ kind: 'KafkaCluster', name: place })
  if (cluster === undefined) throw notPlaced(tenant)
  return { cluster, physical: physicalName(tenant, name) }
}

function outOfReach(tenant: string, isolation: string): KaasError {
  return new KaasError('not-configured', {
    message: `The tenant "${tenant}" has isolation "${isolation}": her Kafka is her own, and the control plane has no login there.`,
    help: `Read with a client of the tenant: kaas connect --tenant ${tenant} --user <user> prints its settings.`,
  })
}

function notPlaced(tenant: string): KaasError {
  return new KaasError('kafka-unavailable', {
    message: `The tenant "${tenant}" has no place on a Kafka cluster yet.`,
    help: `Wait for it: kaas wait tenant/${tenant} --for Ready.`,
  })
}
