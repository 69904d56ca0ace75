// SPDX-License-Identifier: Apache-2.0
/** Aborts open transactions and fences their producers, as an administrator (what `kafka-transactions forceTerminateTransaction` does). */
import { initProducerId } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

const NO_PRODUCER = { producerId: -1n, producerEpoch: -1 }
/** Of the transaction that is not going to be begun. */
const TRANSACTION_TIMEOUT_MS = 60_000

/** Ends the open transaction of each id. Kafka keeps the ids and forgets them by itself (`transactional.id.expiration.ms`). */
export async function endTransactions(client: KafkaClient, transactionalIds: readonly string[]): Promise<void> {
  for (const transactionalId of transactionalIds) {
    const request = { transactionalId, transactionTimeoutMs: TRANSACTION_TIMEOUT_MS, ...NO_PRODUCER }
    const answer = await client.ask(initProducerId, request, { kind: 'transactionalId', transactionalId })
    throwUnlessOk(answer.errorCode, `end transaction of ${transactionalId}`)
  }
}
