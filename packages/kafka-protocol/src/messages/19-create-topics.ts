// SPDX-License-Identifier: Apache-2.0
/**
 * CreateTopics: new topics. KIP-464 allows the broker's defaults, given as -1 (v4), KIP-525 returns the configuration
 * (v5), KIP-599 may refuse by quota (v6), KIP-516 returns the id (v7).
 */
import { api } from '../api.ts'
import { array, bool, brokerId, errorText, int8, int16, int32, string, topicId, topicName } from '../schema.ts'

export const createTopics = api({
  key: 19,
  name: 'CreateTopics',
  versions: [2, 7],
  flexible: 5,
  request: {
    topics: array({
      name: topicName,
      /** -1 is the broker's default, or with `assignments`. */
      numPartitions: int32,
      /** -1 is the broker's default, or with `assignments`. */
      replicationFactor: int16,
      assignments: array({ partitionIndex: int32, brokerIds: array(brokerId) }),
      configs: array({
        name: string,
        /** Null is the broker's default. */
        value: string.nullable(),
      }),
    }),
    timeoutMs: int32.or(60000),
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: int32,
    topics: array({
      name: topicName,
      topicId: topicId.since(7).ignorable(),
      errorCode: int16,
      errorMessage: errorText.nullable(),
      topicConfigErrorCode: int16.since(5).tag(0).ignorable(),
      numPartitions: int32.since(5).or(-1).ignorable(),
      replicationFactor: int16.since(5).or(-1).ignorable(),
      /** Null when the caller may not see them; `topicConfigErrorCode` then says so. */
      configs: array({
        name: string,
        value: string.nullable(),
        readOnly: bool,
        configSource: int8.or(-1).ignorable(),
        isSensitive: bool,
      })
        .since(5)
        .nullable()
        .ignorable(),
    }),
  },
})
