// SPDX-License-Identifier: Apache-2.0
/** Where the partitions of topics live: leaders, replicas, who is in sync. By prefix, or of the whole cluster at once. */
import { describeTopicPartitions, metadata, type ResponseOf } from '@kaas/kafka-protocol'
import { orForOlderBrokers } from '../for-older-brokers.ts'
import type { KafkaClient } from '../kafka-client.ts'
import { kafkaError } from '../kafka-error.ts'

/** One partition. */
export interface PartitionPlace {
  readonly id: number
  /** Undefined while it has none. */
  readonly leader: number | undefined
  readonly replicas: readonly number[]
  readonly inSync: readonly number[]
}

/** One topic with its partitions in order. */
export interface TopicPartitions {
  readonly name: string
  readonly topicId: string
  readonly internal: boolean
  readonly partitions: readonly PartitionPlace[]
}

/** Partitions per page: Kafka's own default for `max.request.partition.size.limit`. */
const PAGE_PARTITIONS = 2000

/**
 * The topics whose name starts with `prefix`, in order of names; all with an empty one. A prefix is read page by page from where it
 * begins, the whole cluster in one answer: paging costs the broker a sort of all names for each page.
 */
export async function listPartitions(client: KafkaClient, prefix: string): Promise<readonly TopicPartitions[]> {
  if (prefix === '') return readAll(client)
  // Before Kafka 3.8 there are no pages.
  return orForOlderBrokers(
    () => readPages(client, prefix),
    async () => (await readAll(client)).filter(({ name }) => name.startsWith(prefix)),
  )
}

/** The topics of `names` that exist, in order of names. */
export async function describePartitions(
  client: KafkaClient,
  names: readonly string[],
): Promise<readonly TopicPartitions[]> {
  if (names.length === 0) return []
  const request = { topics: names.map((name) => ({ name })), allowAutoTopicCreation: false }
  const answer = await client.ask(metadata, request)
  return answer.topics.filter(({ errorCode }) => errorCode !== ABSENT).map(topicOf)
}

async function readAll(client: KafkaClient): Promise<readonly TopicPartitions[]> {
  const answer = await client.ask(metadata, { topics: null, allowAutoTopicCreation: false })
  return answer.topics.map(topicOf).sort((a, b) => (a.name < b.name ? -1 : 1))
}

type Page = ResponseOf<typeof describeTopicPartitions>

async function readPages(client: KafkaClient, prefix: string): Promise<readonly TopicPartitions[]> {
  const topics: TopicPartitions[] = []
  let cursor: Page['nextCursor'] = { topicName: prefix, partitionIndex: 0 }
  while (cursor !== null && (cursor.topicName <= prefix || cursor.topicName.startsWith(prefix))) {
    const page: Page = await client.ask(describeTopicPartitions, {
      topics: [],
      responsePartitionLimit: PAGE_PARTITIONS,
      cursor,
    })
    for (const topic of page.topics) if (topic.name?.startsWith(prefix)) append(topics, topicOf(topic))
    cursor = page.nextCursor
  }
  return topics
}

/** A page may end in the middle of a topic, which the next page goes on with. */
function append(topics: TopicPartitions[], topic: TopicPartitions): void {
  const last = topics.at(-1)
  if (last?.name !== topic.name) topics.push(topic)
  else topics[topics.length - 1] = { ...last, partitions: [...last.partitions, ...topic.partitions] }
}

function topicOf(topic: Page['topics'][number] | ResponseOf<typeof metadata>['topics'][number]): TopicPartitions {
  // A topic whose partitions are being made answers an error of its own; it exists.
  if (topic.errorCode !== 0 && topic.partitions.length === 0 && topic.errorCode !== LEADER_NOT_AVAILABLE)
    throw kafkaError(topic.errorCode, `list partitions of ${topic.name}`)
  const partitions = topic.partitions.map(({ partitionIndex, leaderId, replicaNodes, isrNodes }) => {
    return { id: partitionIndex, leader: leaderId < 0 ? undefined : leaderId, replicas: replicaNodes, inSync: isrNodes }
  })
  const { name, topicId, isInternal } = topic
  return { name: name ?? '', topicId, internal: isInternal, partitions: partitions.sort((a, b) => a.id - b.id) }
}

/** UNKNOWN_TOPIC_OR_PARTITION. */
const ABSENT = 3
const LEADER_NOT_AVAILABLE = 5
