// SPDX-License-Identifier: Apache-2.0
/** DescribeShareGroupOffsets: where share groups start to read (KIP-932). KIP-1226 added the lag (v1). */
import { api } from '../api.ts'
import { array, errorText, groupId, int16, int32, int64, topicId, topicName } from '../schema.ts'

export const describeShareGroupOffsets = api({
  key: 90,
  name: 'DescribeShareGroupOffsets',
  versions: [0, 1],
  flexible: 0,
  request: {
    groups: array({
      groupId,
      /** Null asks for all topics of the group. */
      topics: array({ topicName, partitions: array(int32) }).nullable(),
    }),
  },
  response: {
    throttleTimeMs: int32,
    groups: array({
      groupId,
      topics: array({
        topicName,
        topicId,
        partitions: array({
          partitionIndex: int32,
          startOffset: int64,
          leaderEpoch: int32,
          lag: int64.since(1).or(-1n).ignorable(),
          errorCode: int16,
          errorMessage: errorText.orNull(),
        }),
      }),
      errorCode: int16,
      errorMessage: errorText.orNull(),
    }),
  },
})
