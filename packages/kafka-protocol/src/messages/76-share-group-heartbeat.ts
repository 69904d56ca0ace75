// SPDX-License-Identifier: Apache-2.0
/** ShareGroupHeartbeat. */
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
    memberEpoch: int32,
    rackId: string.orNull(),
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
