// SPDX-License-Identifier: Apache-2.0
/** Where the records of a tenant's topic are: the Kafka that she lives on, and the name that the topic has there. */
import { parseTopicName } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { Store } from '@kaas/store'
import type { KafkaPlace } from '../kafka/kafka-place.ts'
import type { OwnKafka } from '../kafka/own-kafka.ts'
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
 * name a topic, and `kafka-unavailable` while she has no place yet. Whether her own Kafka can be reached shows when it is entered.
 */
export async function findTopic(store: Store, own: OwnKafka, { tenant, name }: TopicKey): Promise<TopicPlace> {
  const { place, names } = await placeOfTenant(store, own, tenant)
  const physical = names.physical(parseTopicName(name, tenant))
  if (names.logical(physical) !== undefined) return { place, physical }
  throw new KaasError('resource-absent', {
    message: `The tenant "${tenant}" has no topic "${name}": Kafka and Strimzi keep such names for themselves.`,
    help: 'Look at the topics of the tenant.',
  })
}
