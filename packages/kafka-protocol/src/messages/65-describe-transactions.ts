// SPDX-License-Identifier: Apache-2.0
/** DescribeTransactions: state and partitions of transactions (KIP-664). */
import { api } from '../api.ts'
import { array, int16, int32, int64, producerId, string, topicName, transactionalId } from '../schema.ts'

export const describeTransactions = api({
  key: 65,
  name: 'DescribeTransactions',
  versions: [0, 0],
  flexible: 0,
  request: {
    transactionalIds: array(transactionalId),
  },
  response: {
    throttleTimeMs: int32,
    transactionStates: array({
      errorCode: int16,
      transactionalId,
      transactionState: string,
      transactionTimeoutMs: int32,
      transactionStartTimeMs: int64,
      producerId,
      producerEpoch: int16,
      topics: array({ topic: topicName, partitions: array(int32) }),
    }),
  },
})
