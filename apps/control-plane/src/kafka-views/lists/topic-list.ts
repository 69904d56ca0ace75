// SPDX-License-Identifier: Apache-2.0
/** A topic as the list shows it, and what the list can be sorted and filtered by. Pure. */
import type { KafkaTopicAnswer } from '@kaas/http-contract'
import type { TopicPartitions } from '@kaas/kafka-admin'
import { ownerOfShared } from '../../tenants/shared-topics.ts'
import type { TopicUsage } from '../reading/read-usage.ts'
import type { TenantHome } from '../tenant-kafka.ts'
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
    shared: (topic) => topic.sharedBy !== undefined,
    bytes: (topic) => topic.bytes,
    records: (topic) => topic.records,
    bytesInPerS: (topic) => topic.bytesInPerS,
  },
}

/** None for a topic that is not the tenant's and not shared with it. */
export function topicAnswerOf(
  { names, shares }: Pick<TenantHome, 'names' | 'shares'>,
  { name: physical, partitions }: TopicPartitions,
  usage: TopicUsage | undefined,
  documented: ReadonlySet<string> | undefined,
): readonly KafkaTopicAnswer[] {
  const name = names.logical(physical)
  if (name === undefined) return []
  const share = shares.find(({ physicalName }) => physicalName === physical)
  const sharedBy = share && ownerOfShared(share, names)
  const { bytes, records, bytesInPerS } = usage ?? {}
  return [
    {
      name,
      tenant: names.tenant,
      partitions: partitions.length,
      replicationFactor: partitions[0]?.replicas.length ?? 0,
      underReplicated: partitions.filter(({ replicas, inSync }) => inSync.length < replicas.length).length,
      documented: sharedBy === undefined && documented?.has(name) === true,
      ...(sharedBy === undefined ? {} : { sharedBy }),
      ...(bytes === undefined ? {} : { bytes }),
      ...(records === undefined ? {} : { records }),
      ...(bytesInPerS === undefined ? {} : { bytesInPerS }),
    },
  ]
}
