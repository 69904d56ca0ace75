// SPDX-License-Identifier: Apache-2.0
/**
 * WriteTxnMarkers: a transaction coordinator tells leaders how transactions ended (KIP-98). KIP-1228 added the
 * transaction's version (v2). Between brokers.
 */
import { api } from '../api.ts'
import { array, bool, int8, int16, int32, producerId, topicName } from '../schema.ts'

export const writeTxnMarkers = api({
  key: 27,
  name: 'WriteTxnMarkers',
  versions: [1, 2],
  flexible: 1,
  audience: 'broker',
  request: {
    markers: array({
      producerId,
      producerEpoch: int16,
      transactionResult: bool,
      topics: array({ name: topicName, partitionIndexes: array(int32) }),
      coordinatorEpoch: int32,
      transactionVersion: int8.since(2).ignorable(),
    }),
  },
  response: {
    markers: array({
      producerId,
      topics: array({
        name: topicName,
        partitions: array({ partitionIndex: int32, errorCode: int16 }),
      }),
    }),
  },
})
