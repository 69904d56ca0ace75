// SPDX-License-Identifier: Apache-2.0
/**
 * OffsetCommit: stores how far a group has read. KIP-320 added leader epochs (v6), KIP-345 static members (v7), KIP-848
 * member epochs in place of the generation (v9), KIP-516 topic ids in place of names (v10). Since v5
 * the broker alone decides how long offsets are kept.
 */
import { api } from '../api.ts'
import { array, groupId, int16, int32, int64, string, topicId, topicName } from '../schema.ts'

export const offsetCommit = api({
  key: 8,
  name: 'OffsetCommit',
  versions: [2, 10],
  flexible: 8,
  request: {
    groupId,
    /** -1 for a consumer that assigns its partitions itself. */
    generationIdOrMemberEpoch: int32.or(-1),
    memberId: string,
    groupInstanceId: string.since(7).orNull(),
    retentionTimeMs: int64.until(4).or(-1n).ignorable(),
    topics: array({
      name: topicName.until(9).ignorable(),
      topicId: topicId.since(10).ignorable(),
      partitions: array({
        partitionIndex: int32,
        committedOffset: int64,
        committedLeaderEpoch: int32.since(6).or(-1).ignorable(),
        /** Free text of the client. */
        committedMetadata: string.nullable(),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32.since(3).ignorable(),
    topics: array({
      name: topicName.until(9).ignorable(),
      topicId: topicId.since(10).ignorable(),
      partitions: array({ partitionIndex: int32, errorCode: int16 }),
    }),
  },
})
