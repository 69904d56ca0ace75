// SPDX-License-Identifier: Apache-2.0
/** OffsetForLeaderEpoch: where a leader's epoch ended, to find out what was truncated (KIP-101, KIP-320). */
import { api } from '../api.ts'
import { array, brokerId, int16, int32, int64, topicName } from '../schema.ts'

export const offsetForLeaderEpoch = api({
  key: 23,
  name: 'OffsetForLeaderEpoch',
  versions: [2, 4],
  flexible: 4,
  request: {
    replicaId: brokerId.since(3).or(-2).ignorable(),
    topics: array({
      topic: topicName,
      partitions: array({ partition: int32, currentLeaderEpoch: int32.or(-1), leaderEpoch: int32 }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    topics: array({
      topic: topicName,
      partitions: array({
        errorCode: int16,
        partition: int32,
        leaderEpoch: int32.or(-1),
        endOffset: int64.or(-1n),
      }),
    }),
  },
})
