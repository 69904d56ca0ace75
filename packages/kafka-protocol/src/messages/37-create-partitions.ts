// SPDX-License-Identifier: Apache-2.0
/** CreatePartitions. */
import { api } from '../api.ts'
import { array, bool, brokerId, errorText, int16, int32, topicName } from '../schema.ts'

export const createPartitions = api({
  key: 37,
  name: 'CreatePartitions',
  versions: [0, 3],
  flexible: 2,
  request: {
    topics: array({
      name: topicName,
      count: int32,
      assignments: array({ brokerIds: array(brokerId) }).nullable(),
    }),
    timeoutMs: int32,
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: int32,
    results: array({ name: topicName, errorCode: int16, errorMessage: errorText.orNull() }),
  },
})
