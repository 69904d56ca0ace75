// SPDX-License-Identifier: Apache-2.0
/**
 * ListTransactions: transactions that this coordinator looks after (KIP-664). KIP-994 added the duration (v1), KIP-1152 a
 * pattern of ids (v2).
 */
import { api } from '../api.ts'
import { array, int16, int32, int64, producerId, string, transactionalId, transactionalIdRegex } from '../schema.ts'

export const listTransactions = api({
  key: 66,
  name: 'ListTransactions',
  versions: [0, 2],
  flexible: 0,
  request: {
    stateFilters: array(string),
    producerIdFilters: array(producerId),
    durationFilter: int64.since(1).or(-1n),
    /** RE2J; null is any. */
    transactionalIdPattern: transactionalIdRegex.since(2).orNull(),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    unknownStateFilters: array(string),
    transactionStates: array({ transactionalId, producerId, transactionState: string }),
  },
})
