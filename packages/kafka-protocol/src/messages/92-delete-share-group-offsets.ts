// SPDX-License-Identifier: Apache-2.0
/** DeleteShareGroupOffsets: forgets a share group's offsets of topics (KIP-932). */
import { api } from '../api.ts'
import { array, errorText, groupId, int16, int32, topicId, topicName } from '../schema.ts'

export const deleteShareGroupOffsets = api({
  key: 92,
  name: 'DeleteShareGroupOffsets',
  versions: [0, 0],
  flexible: 0,
  request: {
    groupId,
    topics: array({ topicName }),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.orNull(),
    responses: array({ topicName, topicId, errorCode: int16, errorMessage: errorText.orNull() }),
  },
})
