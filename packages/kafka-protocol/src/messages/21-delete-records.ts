// SPDX-License-Identifier: Apache-2.0
/** DeleteRecords: drops what lies before an offset (KIP-107). */
import { api } from '../api.ts'
import { array, int16, int32, int64, topicName } from '../schema.ts'

export const deleteRecords = api({
  key: 21,
  name: 'DeleteRecords',
  versions: [0, 2],
  flexible: 2,
  request: {
    topics: array({
      name: topicName,
      partitions: array({
        partitionIndex: int32,
        /** -1 is the high watermark, that is everything. */
        offset: int64,
      }),
    }),
    timeoutMs: int32,
  },
  response: {
    throttleTimeMs: int32,
    topics: array({
      name: topicName,
      partitions: array({
        partitionIndex: int32,
        /** The first offset that is left; -1 after an error. */
        lowWatermark: int64,
        errorCode: int16,
      }),
    }),
  },
})
