// SPDX-License-Identifier: Apache-2.0
/** TxnOffsetCommit. */
import { api } from '../api.ts'
import { array, groupId, int16, int32, int64, producerId, string, topicName, transactionalId } from '../schema.ts'

export const txnOffsetCommit = api({
  key: 28,
  name: 'TxnOffsetCommit',
  versions: [0, 5],
  flexible: 3,
  request: {
    transactionalId,
    groupId,
    producerId,
    producerEpoch: int16,
    generationId: int32.since(3).or(-1),
    memberId: string.since(3),
    groupInstanceId: string.since(3).orNull(),
    topics: array({
      name: topicName,
      partitions: array({
        partitionIndex: int32,
        committedOffset: int64,
        committedLeaderEpoch: int32.since(2).or(-1).ignorable(),
        committedMetadata: string.nullable(),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    topics: array({
      name: topicName,
      partitions: array({ partitionIndex: int32, errorCode: int16 }),
    }),
  },
})
