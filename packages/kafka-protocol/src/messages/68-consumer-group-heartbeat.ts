// SPDX-License-Identifier: Apache-2.0
/** ConsumerGroupHeartbeat. */
import { api } from '../api.ts'
import { array, errorText, groupId, int16, int32, string, struct, topicId, topicName, topicRegex } from '../schema.ts'

const topicPartitions = { topicId, partitions: array(int32) }

export const consumerGroupHeartbeat = api({
  key: 68,
  name: 'ConsumerGroupHeartbeat',
  versions: [0, 1],
  flexible: 0,
  request: {
    groupId,
    memberId: string,
    memberEpoch: int32,
    instanceId: string.orNull(),
    rackId: string.orNull(),
    rebalanceTimeoutMs: int32.or(-1),
    subscribedTopicNames: array(topicName).orNull(),
    subscribedTopicRegex: topicRegex.since(1).orNull(),
    serverAssignor: string.orNull(),
    topicPartitions: array({ topicId, partitions: array(int32) }).orNull(),
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
