// SPDX-License-Identifier: Apache-2.0
/** The partitions of one topic, read now: leaders, replicas, both ends, bytes. */
import { parseTopicName } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { PartialProblem, PartitionAnswer, SharedBy } from '@kaas/http-contract'
import type { KafkaAdmin, ListedOffset, TopicPartitions } from '@kaas/kafka-admin'
import { ownerOfShared, topicSharedAs } from '../../tenants/shared-topics.ts'
import type { KafkaViews } from '../kafka-views.ts'
import { orPartial, problemMember } from '../partial.ts'
import type { TenantHome } from '../tenant-kafka.ts'

interface Answer {
  readonly partitions: readonly PartitionAnswer[]
  readonly sharedBy?: SharedBy
  readonly problem?: PartialProblem
}

/** Throws `resource-absent` when Kafka has no such topic. A broker that is away leaves gaps and a problem. */
export async function topicPartitions(views: KafkaViews, tenant: string, topic: string): Promise<Answer> {
  const look = async (home: TenantHome): Promise<Answer> => {
    const shared = topicSharedAs(home.shares, topic)
    const sharedBy = shared && ownerOfShared(shared, home.names)
    const found = await describeOne(home, shared?.physicalName ?? topicNameOf(home, topic))
    return { ...(await partitionsOf(home.admin, found)), ...(sharedBy === undefined ? {} : { sharedBy }) }
  }
  return await orPartial(() => views.kafka.in(tenant, look), { partitions: [] })
}

/** One topic by its physical name. */
async function describeOne({ admin, names }: TenantHome, physical: string): Promise<TopicPartitions> {
  const found = (await admin.describePartitions([physical]))[0]
  if (found !== undefined) return found
  throw topicAbsent(names.tenant, names.logical(physical) ?? physical)
}

/**
 * The physical name of an own topic, or of one that has the name by a share. Throws `resource-absent` for what cannot name a topic, so
 * that Kafka is not asked.
 */
export function topicNameOf({ names, shares }: Pick<TenantHome, 'names' | 'shares'>, topic: string): string {
  const shared = topicSharedAs(shares, topic)
  if (shared !== undefined) return shared.physicalName
  try {
    return names.physical(parseTopicName(topic, names.tenant))
  } catch {
    throw topicAbsent(names.tenant, topic)
  }
}

function topicAbsent(tenant: string, topic: string): KaasError {
  return new KaasError('resource-absent', {
    message: `Kafka has no topic "${topic.slice(0, 249)}" of the tenant "${tenant}".`,
    help: 'A topic that was just ordered takes a moment; see the conditions of the Topic.',
  })
}

async function partitionsOf(admin: KafkaAdmin, { name, partitions }: TopicPartitions): Promise<Answer> {
  const asked = partitions.map(({ id }) => ({ topic: name, partition: id }))
  const [earliest, latest, brokers] = await Promise.all([
    admin.listOffsets(asked, { kind: 'earliest' }),
    admin.listOffsets(asked, { kind: 'latest' }),
    admin.describeLogDirs(new Map([[name, partitions.map(({ id }) => id)]])),
  ])
  const replicas = brokers.flatMap((broker) => broker.replicas)
  const answers = partitions.map(({ id, leader, replicas: nodes, inSync }, at): PartitionAnswer => {
    const sizes = replicas.filter(({ partition }) => partition === id).map(({ bytes }) => bytes)
    return {
      id,
      leader: leader ?? -1,
      replicas: [...nodes],
      inSync: [...inSync],
      ...offsetMember('earliest', earliest[at]),
      ...offsetMember('latest', latest[at]),
      ...(sizes.length === 0 ? {} : { bytes: Math.max(...sizes) }),
    }
  })
  const failed = [...earliest, ...latest, ...brokers].find(({ problem }) => problem !== undefined)
  return { partitions: answers, ...problemMember(failed?.problem) }
}

function offsetMember<K extends 'earliest' | 'latest'>(key: K, listed: ListedOffset | undefined): { [key in K]?: string } {
  return listed?.offset === undefined ? {} : ({ [key]: String(listed.offset) } as { [key in K]?: string })
}
