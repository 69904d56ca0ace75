// SPDX-License-Identifier: Apache-2.0
/**
 * ReadShareGroupStateSummary: the state of a share group's partition without its batches (KIP-932). KIP-1226 added the
 * number of complete deliveries, for lag (v1). Between brokers.
 */
import { api } from '../api.ts'
import { array, errorText, groupId, int16, int32, int64, topicId } from '../schema.ts'

export const readShareGroupStateSummary = api({
  key: 87,
  name: 'ReadShareGroupStateSummary',
  versions: [0, 1],
  flexible: 0,
  audience: 'broker',
  request: {
    groupId,
    topics: array({
      topicId,
      partitions: array({ partition: int32, leaderEpoch: int32 }),
    }),
  },
  response: {
    results: array({
      topicId,
      partitions: array({
        partition: int32,
        errorCode: int16,
        errorMessage: errorText.orNull(),
        stateEpoch: int32,
        leaderEpoch: int32,
        startOffset: int64,
        deliveryCompleteCount: int32.since(1).or(-1).ignorable(),
      }),
    }),
  },
})
