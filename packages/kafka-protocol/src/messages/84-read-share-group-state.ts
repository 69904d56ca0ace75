// SPDX-License-Identifier: Apache-2.0
/** ReadShareGroupState: the state of a share group's partition (KIP-932). Between brokers. */
import { api } from '../api.ts'
import { array, errorText, groupId, int8, int16, int32, int64, topicId } from '../schema.ts'

export const readShareGroupState = api({
  key: 84,
  name: 'ReadShareGroupState',
  versions: [0, 0],
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
        startOffset: int64,
        stateBatches: array({
          firstOffset: int64,
          lastOffset: int64,
          deliveryState: int8,
          deliveryCount: int16,
        }),
      }),
    }),
  },
})
