// SPDX-License-Identifier: Apache-2.0
/** Which transactional ids a cluster remembers (KIP-664, KIP-1152). Kafka has no way to delete one: it forgets them in time. */
import { listTransactions } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** One transactional id, and whether a transaction of it is open (`Ongoing`) or what became of the last. */
export interface ListedTransactionalId {
  readonly transactionalId: string
  readonly state: string
}

/** The ids that start with `prefix`; the brokers filter, each its own. */
export async function listTransactionalIds(client: KafkaClient, prefix: string): Promise<readonly ListedTransactionalId[]> {
  const transactionalIdPattern = `${prefix.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}.*`
  const lists = await Promise.all(
    (await client.brokerIds()).map(async (nodeId) => {
      const request = { stateFilters: [], producerIdFilters: [], transactionalIdPattern }
      const answer = await client.ask(listTransactions, request, { kind: 'broker', nodeId })
      throwUnlessOk(answer.errorCode, 'list transactional ids')
      return answer.transactionStates
    }),
  )
  return lists.flat().map(({ transactionalId, transactionState }) => ({ transactionalId, state: transactionState }))
}
