// SPDX-License-Identifier: Apache-2.0
/**
 * ListOffsets: the offset of a timestamp, or of a position given as a negative one. KIP-79 made it one offset per
 * partition (v1), KIP-207 and KIP-320 added leader epochs (v4), KIP-734 the largest timestamp (v7). KIP-405, KIP-1005,
 * KIP-1075 and KIP-1023 added questions about tiered storage (v8 to v11). Topics go by name in every version.
 */
import { api } from '../api.ts'
import { array, brokerId, int8, int16, int32, int64, topicName } from '../schema.ts'

export const listOffsets = api({
  key: 2,
  name: 'ListOffsets',
  versions: [1, 11],
  flexible: 6,
  request: {
    /** -1 for a consumer. */
    replicaId: brokerId,
    isolationLevel: int8.since(2),
    topics: array({
      name: topicName,
      partitions: array({
        partitionIndex: int32,
        currentLeaderEpoch: int32.since(4).or(-1).ignorable(),
        /**
         * Milliseconds; -1 is the latest, -2 the earliest, -3 that of the largest timestamp, -4 the earliest local, -5
         * the latest tiered, -6 the earliest not yet uploaded.
         */
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
