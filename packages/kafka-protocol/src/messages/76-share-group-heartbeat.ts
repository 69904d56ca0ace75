// SPDX-License-Identifier: Apache-2.0
/**
 * ShareGroupHeartbeat: joining, subscribing to and leaving a share group (KIP-932). v0 was an early access version and is
 * gone. Assignments go by topic id.
 */
import { api } from '../api.ts'
import { array, errorText, groupId, int16, int32, string, struct, topicId, topicName } from '../schema.ts'

const topicPartitions = { topicId, partitions: array(int32) }

export const shareGroupHeartbeat = api({
  key: 76,
  name: 'ShareGroupHeartbeat',
  versions: [1, 1],
  flexible: 0,
  request: {
    groupId,
    memberId: string,
    /** 0 joins, -1 leaves. */
    memberEpoch: int32,
    rackId: string.orNull(),
    /** Null when it did not change. */
    subscribedTopicNames: array(topicName).orNull(),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.orNull(),
    memberId: string.orNull(),
    memberEpoch: int32,
    heartbeatIntervalMs: int32,
    assignment: struct({ topicPartitions: array(topicPartitions) }).orNull(),
  },
})
