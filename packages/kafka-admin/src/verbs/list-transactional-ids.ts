// SPDX-License-Identifier: Apache-2.0
/** Which transactional ids a cluster remembers (KIP-664, KIP-1152). Kafka has no way to delete one: it forgets them in time. */
import { listTransactions } from '@kaas/kafka-protocol'
import { orForOlderBrokers } from '../for-older-brokers.ts'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** One transactional id, and whether a transaction of it is open (`Ongoing`) or what became of the last. */
export interface ListedTransactionalId {
  readonly transactionalId: string
  readonly state: string
}

/** The ids that start with `prefix`; the brokers filter, each its own. Before Kafka 4.1 they tell of all. */
export async function listTransactionalIds(client: KafkaClient, prefix: string): Promise<readonly ListedTransactionalId[]> {
  const transactionalIdPattern = `${prefix.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}.*`
  const lists = await Promise.all(
    (await client.brokerIds()).map(async (nodeId) => {
      const request = { stateFilters: [], producerIdFilters: [] }
      const ask = (filter: object) => client.ask(listTransactions, { ...request, ...filter }, { kind: 'broker', nodeId })
      const answer = await orForOlderBrokers(
        () => ask({ transactionalIdPattern }),
        () => ask({}),
      )
      throwUnlessOk(answer.errorCode, 'list transactional ids')
      return answer.transactionStates
    }),
  )
  const own = lists.flat().filter(({ transactionalId }) => transactionalId.startsWith(prefix))
  return own.map(({ transactionalId, transactionState }) => ({ transactionalId, state: transactionState }))
}
