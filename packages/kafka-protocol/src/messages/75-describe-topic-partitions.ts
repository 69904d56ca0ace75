// SPDX-License-Identifier: Apache-2.0
/**
 * DescribeTopicPartitions: topics page by page, with eligible leader replicas (KIP-966). No topics means all, in the
 * order of names; the cursor is where the next page starts.
 */
import { api } from '../api.ts'
import { array, authorizedOperations, bool, brokerId, int16, int32, struct, topicId, topicName } from '../schema.ts'

export const describeTopicPartitions = api({
  key: 75,
  name: 'DescribeTopicPartitions',
  versions: [0, 0],
  flexible: 0,
  request: {
    topics: array({ name: topicName }),
    responsePartitionLimit: int32.or(2000),
    /** Where to go on; null for the first page. */
    cursor: struct({ topicName, partitionIndex: int32 }).orNull(),
  },
  response: {
    throttleTimeMs: int32,
    topics: array({
      errorCode: int16,
      name: topicName.nullable(),
      topicId,
      isInternal: bool,
      partitions: array({
        errorCode: int16,
        partitionIndex: int32,
        leaderId: brokerId,
        leaderEpoch: int32.or(-1),
        replicaNodes: array(brokerId),
        isrNodes: array(brokerId),
        eligibleLeaderReplicas: array(brokerId).orNull(),
        lastKnownElr: array(brokerId).orNull(),
        offlineReplicas: array(brokerId),
      }),
      topicAuthorizedOperations: authorizedOperations,
    }),
    /** Null on the last page. */
    nextCursor: struct({ topicName, partitionIndex: int32 }).orNull(),
  },
})
