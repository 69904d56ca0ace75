// SPDX-License-Identifier: Apache-2.0
/** ListOffsets. */
import { api } from '../api.ts'
import { array, brokerId, int8, int16, int32, int64, topicName } from '../schema.ts'

export const listOffsets = api({
  key: 2,
  name: 'ListOffsets',
  versions: [1, 11],
  flexible: 6,
  request: {
    replicaId: brokerId,
    isolationLevel: int8.since(2),
    topics: array({
      name: topicName,
      partitions: array({
        partitionIndex: int32,
        currentLeaderEpoch: int32.since(4).or(-1).ignorable(),
        timestamp: int64,
      }),
    }),
    timeoutMs: int32.since(10).ignorable(),
  },
  response: {
    throttleTimeMs: int32.since(2).ignorable(),
    topics: array({
      name: topicName,
      partitions: array({
        partitionIndex: int32,
        errorCode: int16,
        timestamp: int64.or(-1n),
        offset: int64.or(-1n),
        leaderEpoch: int32.since(4).or(-1),
      }),
    }),
  },
})
