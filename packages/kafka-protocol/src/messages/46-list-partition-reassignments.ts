// SPDX-License-Identifier: Apache-2.0
/** ListPartitionReassignments: moves that are under way (KIP-455). */
import { api } from '../api.ts'
import { array, brokerId, errorText, int16, int32, topicName } from '../schema.ts'

export const listPartitionReassignments = api({
  key: 46,
  name: 'ListPartitionReassignments',
  versions: [0, 0],
  flexible: 0,
  request: {
    timeoutMs: int32.or(60000),
    /** Null asks for all topics. */
    topics: array({ name: topicName, partitionIndexes: array(int32) }).orNull(),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.nullable(),
    topics: array({
      name: topicName,
      partitions: array({
        partitionIndex: int32,
        replicas: array(brokerId),
        addingReplicas: array(brokerId),
        removingReplicas: array(brokerId),
      }),
    }),
  },
})
