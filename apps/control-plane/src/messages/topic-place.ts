// SPDX-License-Identifier: Apache-2.0
/** Where the records of a tenant's topic are: the Kafka that she lives on, and the name that the topic has there. */
import { parseTopicName, type ShareAccess } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { SharedBy } from '@kaas/http-contract'
import type { Store } from '@kaas/store'
import type { KafkaPlace } from '../kafka/kafka-place.ts'
import type { OwnKafka } from '../kafka/own-kafka.ts'
import { ownerOfShared, topicSharedAs } from '../tenants/shared-topics.ts'
import { placeOfTenant } from '../tenants/tenant-place.ts'

/** A topic as paths name it. */
export interface TopicKey {
  readonly tenant: string
  readonly name: string
}

/** A topic as Kafka knows it. */
export interface TopicPlace {
  readonly place: KafkaPlace
  /** As it is called there. */
  readonly physical: string
}

/**
 * Throws `resource-absent` for an unknown tenant, and for a topic that the platform keeps in a Kafka of hers; `name-invalid` for what cannot
 * name a topic, `not-allowed` for one that another tenant shares for something else than `use`, and `kafka-unavailable` while she has no
 * place yet. Whether her own Kafka can be reached shows when it is entered.
 */
export async function findTopic(
  store: Store,
  own: OwnKafka,
  { tenant, name }: TopicKey,
  use: 'read' | 'write',
): Promise<TopicPlace> {
  const { place, names, shares } = await placeOfTenant(store, own, tenant)
  const shared = topicSharedAs(shares, name)
  if (shared !== undefined) {
    const owner = ownerOfShared(shared, names)
    if (owner !== undefined && !ALLOWS[owner.access].includes(use)) throw notShared(name, owner, use)
    return { place, physical: shared.physicalName }
  }
  const physical = names.physical(parseTopicName(name, tenant))
  if (names.logical(physical) !== undefined) return { place, physical }
  throw new KaasError('resource-absent', {
    message: `The tenant "${tenant}" has no topic "${name}": Kafka and Strimzi keep such names for themselves.`,
    help: 'Look at the topics of the tenant.',
  })
}

const ALLOWS: Readonly<Record<ShareAccess, readonly string[]>> = {
  read: ['read'],
  write: ['write'],
  'read-write': ['read', 'write'],
}

function notShared(name: string, { tenant: owner, access }: SharedBy, use: 'read' | 'write'): KaasError {
  return new KaasError('not-allowed', {
    message: `The tenant "${owner}" shares "${name}" only to be ${access === 'read' ? 'read' : 'written'}.`,
    help: `Ask people of "${owner}" for a share with the access ${use}.`,
  })
}
