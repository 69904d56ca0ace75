// SPDX-License-Identifier: Apache-2.0
/** What topics look like: partitions, replicas, identity. Their settings are `describe-configs.ts`. */
import { metadata } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { kafkaError } from '../kafka-error.ts'

/** A topic as the cluster has it. */
export interface TopicDescription {
  readonly name: string
  /** Changes when a topic is deleted and made again under its name (KIP-516). */
  readonly topicId: string
  readonly partitions: number
  readonly replicationFactor: number
}

/** UNKNOWN_TOPIC_OR_PARTITION. */
const ABSENT = 3

/** The topics of `names` that exist. Throws when Kafka refuses to tell of one. */
export async function describeTopics(client: KafkaClient, names: readonly string[]): Promise<readonly TopicDescription[]> {
  if (names.length === 0) return []
  const answer = await client.ask(metadata, {
    topics: names.map((name) => ({ name })),
    allowAutoTopicCreation: false,
  })
  return answer.topics.flatMap((topic) => {
    if (topic.errorCode === ABSENT) return []
    // A topic whose partitions are being made answers LEADER_NOT_AVAILABLE per topic; it exists.
    if (topic.errorCode !== 0 && topic.partitions.length === 0)
      throw kafkaError(topic.errorCode, `describe topic ${topic.name}`)
    const replicationFactor = topic.partitions[0]?.replicaNodes.length ?? 0
    return [{ name: topic.name ?? '', topicId: topic.topicId, partitions: topic.partitions.length, replicationFactor }]
  })
}
