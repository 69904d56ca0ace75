// SPDX-License-Identifier: Apache-2.0
/** ElectLeaders. */
import { api } from '../api.ts'
import { array, errorText, int8, int16, int32, topicName } from '../schema.ts'

export const electLeaders = api({
  key: 43,
  name: 'ElectLeaders',
  versions: [0, 2],
  flexible: 2,
  request: {
    electionType: int8.since(1),
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
