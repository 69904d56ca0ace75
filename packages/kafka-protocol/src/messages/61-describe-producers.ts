// SPDX-License-Identifier: Apache-2.0
/** DescribeProducers: who writes to a partition, to find a transaction that hangs (KIP-664). */
import { api } from '../api.ts'
import { array, errorText, int16, int32, int64, producerId, topicName } from '../schema.ts'

export const describeProducers = api({
  key: 61,
  name: 'DescribeProducers',
  versions: [0, 0],
  flexible: 0,
  request: {
    topics: array({ name: topicName, partitionIndexes: array(int32) }),
  },
  response: {
    throttleTimeMs: int32,
    topics: array({
      name: topicName,
      partitions: array({
        partitionIndex: int32,
        errorCode: int16,
        errorMessage: errorText.orNull(),
        activeProducers: array({
          producerId,
          producerEpoch: int32,
          lastSequence: int32.or(-1),
          lastTimestamp: int64.or(-1n),
          coordinatorEpoch: int32,
          currentTxnStartOffset: int64.or(-1n),
        }),
      }),
    }),
  },
})
