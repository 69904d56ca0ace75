// SPDX-License-Identifier: Apache-2.0
/** CreatePartitions: more partitions for a topic; never fewer (KIP-195). KIP-599 may refuse by quota (v3). */
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
      /** The new total. */
      count: int32,
      /** Null lets the cluster choose. */
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
