// SPDX-License-Identifier: Apache-2.0
/**
 * ConsumerGroupHeartbeat: the whole of the new consumer protocol: joining, subscribing, owning, leaving (KIP-848). What
 * did not change since the last heartbeat is null. From v1 the member makes its own id (KIP-1082), and the broker
 * evaluates a regular expression over every topic that it may see. Assignments go by topic id.
 */
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
    /** 0 joins, -1 leaves, -2 leaves for a while as a static member. */
    memberEpoch: int32,
    instanceId: string.orNull(),
    rackId: string.orNull(),
    rebalanceTimeoutMs: int32.or(-1),
    subscribedTopicNames: array(topicName).orNull(),
    /** RE2J. The broker matches it against every topic that the caller may describe; empty unsubscribes. */
    subscribedTopicRegex: topicRegex.since(1).orNull(),
    serverAssignor: string.orNull(),
    /** What the member owns. */
    topicPartitions: array({ topicId, partitions: array(int32) }).orNull(),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.orNull(),
    memberId: string.orNull(),
    memberEpoch: int32,
    heartbeatIntervalMs: int32,
    /** Null when it did not change. */
    assignment: struct({ topicPartitions: array(topicPartitions) }).orNull(),
  },
})
