// SPDX-License-Identifier: Apache-2.0
/**
 * TxnOffsetCommit: stores offsets as part of a transaction. KIP-447 added the member, so that a stale one is fenced (v3).
 * In v5 it adds the group to the transaction itself (KIP-890).
 */
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
    /** -1 when the group is not managed. */
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
