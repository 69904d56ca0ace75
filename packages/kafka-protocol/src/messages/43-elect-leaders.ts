// SPDX-License-Identifier: Apache-2.0
/**
 * ElectLeaders: has partitions led by their preferred replica, or by any at all (KIP-183; KIP-460 added the type in v1).
 */
import { api } from '../api.ts'
import { array, errorText, int8, int16, int32, topicName } from '../schema.ts'

export const electLeaders = api({
  key: 43,
  name: 'ElectLeaders',
  versions: [0, 2],
  flexible: 2,
  request: {
    /** 0 is the preferred replica, 1 any, even one that lacks records. */
    electionType: int8.since(1),
    /** Null is all partitions. */
    topicPartitions: array({ topic: topicName, partitions: array(int32) }).nullable(),
    timeoutMs: int32.or(60000),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16.since(1),
    replicaElectionResults: array({
      topic: topicName,
      partitionResult: array({
        partitionId: int32,
        errorCode: int16,
        errorMessage: errorText.nullable(),
      }),
    }),
  },
})
