// SPDX-License-Identifier: Apache-2.0
/**
 * OffsetFetch: how far a group has read. One group until v7, a list of groups from v8 (KIP-709); KIP-447 added waiting
 * for stable offsets (v7), KIP-848 the member (v9), KIP-516 topic ids in place of names (v10). Null topics ask for all of
 * the group's.
 */
import { api } from '../api.ts'
import { array, bool, groupId, int16, int32, int64, string, topicId, topicName } from '../schema.ts'

export const offsetFetch = api({
  key: 9,
  name: 'OffsetFetch',
  versions: [1, 10],
  flexible: 6,
  request: {
    groupId: groupId.until(7),
    /** Null asks for all topics of the group. */
    topics: array({ name: topicName, partitionIndexes: array(int32) })
      .until(7)
      .nullable(2),
    groups: array({
      groupId,
      memberId: string.since(9).orNull().ignorable(),
      memberEpoch: int32.since(9).or(-1).ignorable(),
      /** Null asks for all topics of the group. */
      topics: array({
        name: topicName.until(9).ignorable(),
        topicId: topicId.since(10).ignorable(),
        partitionIndexes: array(int32),
      }).nullable(),
    }).since(8),
    requireStable: bool.since(7),
  },
  response: {
    throttleTimeMs: int32.since(3).ignorable(),
    topics: array({
      name: topicName,
      partitions: array({
        partitionIndex: int32,
        /** -1 when there is none. */
        committedOffset: int64,
        committedLeaderEpoch: int32.since(5).or(-1).ignorable(),
        metadata: string.nullable(),
        errorCode: int16,
      }),
    }).until(7),
    errorCode: int16.since(2).until(7).ignorable(),
    groups: array({
      groupId,
      topics: array({
        name: topicName.until(9).ignorable(),
        topicId: topicId.since(10).ignorable(),
        partitions: array({
          partitionIndex: int32,
          /** -1 when there is none. */
          committedOffset: int64,
          committedLeaderEpoch: int32.or(-1).ignorable(),
          metadata: string.nullable(),
          errorCode: int16,
        }),
      }),
      errorCode: int16,
    }).since(8),
  },
})
