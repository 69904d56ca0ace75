// SPDX-License-Identifier: Apache-2.0
/** DeleteShareGroupState: forgets the state of a share group's partition (KIP-932). Between brokers. */
import { api } from '../api.ts'
import { array, errorText, groupId, int16, int32, topicId } from '../schema.ts'

export const deleteShareGroupState = api({
  key: 86,
  name: 'DeleteShareGroupState',
  versions: [0, 0],
  flexible: 0,
  audience: 'broker',
  request: {
    groupId,
    topics: array({
      topicId,
      partitions: array({ partition: int32 }),
    }),
  },
  response: {
    results: array({
      topicId,
      partitions: array({ partition: int32, errorCode: int16, errorMessage: errorText.orNull() }),
    }),
  },
})
