// SPDX-License-Identifier: Apache-2.0
/** A topic as the list shows it, and what the list can be sorted and filtered by. Pure. */
import type { TenantNames } from '@kaas/domain'
import type { KafkaTopicAnswer } from '@kaas/http-contract'
import type { TopicPartitions } from '@kaas/kafka-admin'
import type { TopicUsage } from '../reading/read-usage.ts'
import type { ListKind } from './ordered-list.ts'

/** Fields of the list of topics. */
export const topicKind: ListKind<KafkaTopicAnswer> = {
  name: 'name',
  fields: {
    name: (topic) => topic.name,
    partitions: (topic) => topic.partitions,
    replicationFactor: (topic) => topic.replicationFactor,
    underReplicated: (topic) => topic.underReplicated,
    documented: (topic) => topic.documented,
    bytes: (topic) => topic.bytes,
    records: (topic) => topic.records,
    bytesInPerS: (topic) => topic.bytesInPerS,
  },
}

/** None for a topic that is not the tenant's. */
export function topicAnswerOf(
  { tenant, logical }: TenantNames,
  { name: physical, partitions }: TopicPartitions,
  usage: TopicUsage | undefined,
  documented: ReadonlySet<string> | undefined,
): readonly KafkaTopicAnswer[] {
  const name = logical(physical)
  if (name === undefined) return []
  const { bytes, records, bytesInPerS } = usage ?? {}
  return [
    {
      name,
      tenant,
      partitions: partitions.length,
      replicationFactor: partitions[0]?.replicas.length ?? 0,
      underReplicated: partitions.filter(({ replicas, inSync }) => inSync.length < replicas.length).length,
      documented: documented?.has(name) ?? false,
      ...(bytes === undefined ? {} : { bytes }),
      ...(records === undefined ? {} : { records }),
      ...(bytesInPerS === undefined ? {} : { bytesInPerS }),
    },
  ]
}
