// SPDX-License-Identifier: Apache-2.0
/** CreateTopics. */
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
      numPartitions: int32,
      replicationFactor: int16,
      assignments: array({ partitionIndex: int32, brokerIds: array(brokerId) }),
      configs: array({ name: string, value: string.nullable() }),
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
