// SPDX-License-Identifier: Apache-2.0
/** Deletes topics and all their records. */
import { deleteTopics as api } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** UNKNOWN_TOPIC_OR_PARTITION. */
const ABSENT = 3
/** Topics are named here, so no id is given. */
const NO_ID = '0'.repeat(32)
/** Topics per request, so that no single change keeps the controller long. */
const BATCH = 100

/** Deletes each of `names`; one that is absent already counts as deleted. Throws at the first that Kafka refuses. */
export async function deleteTopics(client: KafkaClient, names: readonly string[]): Promise<void> {
  for (let start = 0; start < names.length; start += BATCH) {
    const batch = names.slice(start, start + BATCH)
    const request = { topics: batch.map((name) => ({ name, topicId: NO_ID })), timeoutMs: client.brokerTimeoutMs }
    const answer = await client.ask(api, request, { kind: 'controller' })
    for (const { name, errorCode, errorMessage } of answer.responses) {
      if (errorCode !== ABSENT) throwUnlessOk(errorCode, `delete topic ${name}`, errorMessage)
    }
  }
}
