// SPDX-License-Identifier: Apache-2.0
/** Gives a topic more partitions. Kafka knows no way back. */
import { createPartitions as api } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { kafkaError, throwUnlessOk } from '../kafka-error.ts'

/** Grows `topic` to `total` partitions. Throws `kafka-settings-invalid` when it has as many or more. */
export async function createPartitions(client: KafkaClient, topic: string, total: number): Promise<void> {
  const about = `grow topic ${topic} to ${total} partitions`
  const topics = [{ name: topic, count: total, assignments: null }]
  const request = { topics, timeoutMs: client.brokerTimeoutMs, validateOnly: false }
  const answer = await client.ask(api, request, { kind: 'controller' })
  const result = answer.results[0]
  if (result === undefined) throw kafkaError(-1, about)
  throwUnlessOk(result.errorCode, about, result.errorMessage)
}
