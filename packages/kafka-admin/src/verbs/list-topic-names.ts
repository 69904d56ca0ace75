// SPDX-License-Identifier: Apache-2.0
/** Names of topics by prefix, without reading the rest of the cluster (KIP-966's paging); before Kafka 3.8 all of it is read. */
import { describeTopicPartitions, metadata, type ResponseOf } from '@kaas/kafka-protocol'
import { orForOlderBrokers } from '../for-older-brokers.ts'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** Partitions per page: Kafka's own default for `max.request.partition.size.limit`. */
const PAGE_PARTITIONS = 2000

/**
 * All topics whose name starts with `prefix`, in order, at most `limit`. Brokers page in name order, so reading starts at the prefix
 * and ends with the first name outside it.
 */
export async function listTopicNames(
  client: KafkaClient,
  prefix: string,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly string[]> {
  return orForOlderBrokers(
    () => readPages(client, prefix, limit),
    async () => {
      const { topics } = await client.ask(metadata, { topics: null, allowAutoTopicCreation: false })
      const names = topics.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []))
      return names.sort().slice(0, limit)
    },
  )
}

async function readPages(client: KafkaClient, prefix: string, limit: number): Promise<readonly string[]> {
  const names = new Set<string>()
  let cursor: Page['nextCursor'] = { topicName: prefix, partitionIndex: 0 }
  while (cursor !== null && names.size < limit && isWithin(cursor.topicName, prefix)) {
    const page: Page = await client.ask(describeTopicPartitions, {
      topics: [],
      responsePartitionLimit: Math.min(PAGE_PARTITIONS, limit),
      cursor,
    })
    for (const topic of page.topics) {
      if (topic.name === null || !topic.name.startsWith(prefix) || names.size >= limit) continue
      throwUnlessOk(topic.errorCode, `list topic ${topic.name}`)
      names.add(topic.name)
    }
    cursor = page.nextCursor
  }
  return [...names]
}

type Page = ResponseOf<typeof describeTopicPartitions>

/** Whether names of the prefix can still follow: the cursor stands before it or in it. */
function isWithin(name: string, prefix: string): boolean {
  return name <= prefix || name.startsWith(prefix)
}
