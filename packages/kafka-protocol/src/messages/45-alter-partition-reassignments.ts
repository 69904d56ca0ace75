// SPDX-License-Identifier: Apache-2.0
/**
 * AlterPartitionReassignments: moves replicas between brokers, or cancels that (KIP-455). KIP-860 can forbid a change of
 * the replication factor (v1).
 */
import { api } from '../api.ts'
import { array, bool, brokerId, errorText, int16, int32, topicName } from '../schema.ts'

export const alterPartitionReassignments = api({
  key: 45,
  name: 'AlterPartitionReassignments',
  versions: [0, 1],
  flexible: 0,
  request: {
    timeoutMs: int32.or(60000),
    allowReplicationFactorChange: bool.since(1).or(true),
    topics: array({
      name: topicName,
      partitions: array({
        partitionIndex: int32,
        /** Null cancels the move. */
        replicas: array(brokerId).orNull(),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    allowReplicationFactorChange: bool.since(1).or(true).ignorable(),
    errorCode: int16,
    errorMessage: errorText.nullable(),
    responses: array({
      name: topicName,
      partitions: array({ partitionIndex: int32, errorCode: int16, errorMessage: errorText.nullable() }),
    }),
  },
})
