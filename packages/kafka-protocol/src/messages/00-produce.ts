// SPDX-License-Identifier: Apache-2.0
/** Produce. */
import { api } from '../api.ts'
import {
  array,
  brokerId,
  errorText,
  host,
  int16,
  int32,
  int64,
  records,
  string,
  struct,
  topicId,
  topicName,
  transactionalId,
} from '../schema.ts'

export const produce = api({
  key: 0,
  name: 'Produce',
  versions: [3, 13],
  flexible: 9,
  request: {
    transactionalId: transactionalId.orNull(),
    acks: int16,
    timeoutMs: int32,
    topicData: array({
      name: topicName.until(12).ignorable(),
      topicId: topicId.since(13).ignorable(),
      partitionData: array({ index: int32, records: records.nullable() }),
    }),
  },
  response: {
    responses: array({
      name: topicName.until(12).ignorable(),
      topicId: topicId.since(13).ignorable(),
      partitionResponses: array({
        index: int32,
        errorCode: int16,
        baseOffset: int64,
        logAppendTimeMs: int64.or(-1n),
        logStartOffset: int64.since(5).or(-1n).ignorable(),
        recordErrors: array({ batchIndex: int32, batchIndexErrorMessage: errorText.orNull() }).since(8).ignorable(),
        errorMessage: errorText.since(8).orNull().ignorable(),
        currentLeader: struct({ leaderId: brokerId.or(-1), leaderEpoch: int32.or(-1) })
          .since(10)
          .tag(0),
      }),
    }),
    throttleTimeMs: int32,
    nodeEndpoints: array({ nodeId: brokerId, host, port: int32, rack: string.orNull() }).since(10).tag(0),
  },
})
