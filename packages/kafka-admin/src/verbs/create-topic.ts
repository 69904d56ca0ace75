// SPDX-License-Identifier: Apache-2.0
/** Makes one topic. */
import { createTopics } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { kafkaError, throwUnlessOk } from '../kafka-error.ts'

/** A topic to make. */
export interface NewTopic {
  readonly name: string
  readonly partitions: number
  /** The cluster's default when absent. */
  readonly replicationFactor?: number
  /** Settings by their Kafka names; the cluster's defaults for what is absent. */
  readonly configs: Readonly<Record<string, string>>
}

/** Throws `resource-exists`, or `kafka-settings-invalid` with Kafka's own words. */
export async function createTopic(client: KafkaClient, topic: NewTopic): Promise<void> {
  const about = `create topic ${topic.name}`
  const wanted = {
    name: topic.name,
    numPartitions: topic.partitions,
    replicationFactor: topic.replicationFactor ?? -1,
    assignments: [],
    configs: Object.entries(topic.configs).map(([name, value]) => ({ name, value })),
  }
  const request = { topics: [wanted], timeoutMs: client.brokerTimeoutMs, validateOnly: false }
  const answer = await client.ask(createTopics, request, { kind: 'controller' })
  const result = answer.topics[0]
  if (result === undefined) throw kafkaError(-1, about)
  throwUnlessOk(result.errorCode, about, result.errorMessage)
}
