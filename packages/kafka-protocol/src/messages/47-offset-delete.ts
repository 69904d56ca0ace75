// SPDX-License-Identifier: Apache-2.0
/** OffsetDelete: forgets a group's offsets of topics that it does not subscribe to (KIP-496). */
import { api, NEVER } from '../api.ts'
import { array, groupId, int16, int32, topicName } from '../schema.ts'

export const offsetDelete = api({
  key: 47,
  name: 'OffsetDelete',
  versions: [0, 0],
  flexible: NEVER,
  request: {
    groupId,
    topics: array({
      name: topicName,
      partitions: array({ partitionIndex: int32 }),
    }),
  },
  response: {
    errorCode: int16,
    throttleTimeMs: int32,
    topics: array({
      name: topicName,
      partitions: array({ partitionIndex: int32, errorCode: int16 }),
    }),
  },
})
