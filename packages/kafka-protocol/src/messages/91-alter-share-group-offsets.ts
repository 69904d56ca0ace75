// SPDX-License-Identifier: Apache-2.0
/** AlterShareGroupOffsets: sets where a share group starts to read (KIP-932). */
import { api } from '../api.ts'
import { array, errorText, groupId, int16, int32, int64, topicId, topicName } from '../schema.ts'

export const alterShareGroupOffsets = api({
  key: 91,
  name: 'AlterShareGroupOffsets',
  versions: [0, 0],
  flexible: 0,
  request: {
    groupId,
    topics: array({
      topicName,
      partitions: array({ partitionIndex: int32, startOffset: int64 }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.orNull(),
    responses: array({
      topicName,
      topicId,
      partitions: array({ partitionIndex: int32, errorCode: int16, errorMessage: errorText.orNull() }),
    }),
  },
})
