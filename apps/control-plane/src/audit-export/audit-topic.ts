// SPDX-License-Identifier: Apache-2.0
/** The topic of the audit log: made when it is not there, kept for as long as the configuration says. */
import { KaasError } from '@kaas/errors'
import type { KafkaAdmin } from '@kaas/kafka-admin'

const PARTITIONS = 6
const MOST_REPLICAS = 3

/** Which topic, and for how long its records stay. */
export interface AuditTopic {
  readonly name: string
  readonly keptMs: number
}

/** How many partitions it has. Makes it with as many replicas as there are brokers, at most three; corrects the retention of one that is there. */
export async function ensureAuditTopic(admin: KafkaAdmin, topic: AuditTopic): Promise<number> {
  const found = await partitionsOf(admin, topic.name)
  if (found === undefined) return await makeTopic(admin, topic)
  const [retention] = await admin.describeConfigs('topic', topic.name, ['retention.ms'])
  const wanted = String(topic.keptMs)
  if (retention?.value !== wanted)
    await admin.alterConfigs('topic', topic.name, { set: { 'retention.ms': wanted }, unset: [] })
  return found
}

async function makeTopic(admin: KafkaAdmin, { name, keptMs }: AuditTopic): Promise<number> {
  const { brokers } = await admin.describeCluster()
  const replicas = Math.max(1, Math.min(MOST_REPLICAS, brokers.length))
  const configs = {
    'cleanup.policy': 'delete',
    'retention.ms': String(keptMs),
    // One may be away; a record that was acknowledged is on two.
    'min.insync.replicas': String(Math.max(1, replicas - 1)),
    'message.timestamp.type': 'CreateTime',
  }
  try {
    await admin.createTopic({ name, partitions: PARTITIONS, replicationFactor: replicas, configs })
    return PARTITIONS
  } catch (error) {
    if (!(error instanceof KaasError) || error.code !== 'resource-exists') throw error
    return (await partitionsOf(admin, name)) ?? PARTITIONS
  }
}

async function partitionsOf(admin: KafkaAdmin, name: string): Promise<number | undefined> {
  const [topic] = await admin.describePartitions([name])
  return topic === undefined || topic.partitions.length === 0 ? undefined : topic.partitions.length
}
