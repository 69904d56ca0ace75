// SPDX-License-Identifier: Apache-2.0
/** ShareAcknowledge: says what became of acquired records (KIP-932). KIP-1222 added renewing the lock (v2). */
import { api } from '../api.ts'
import {
  array,
  bool,
  brokerId,
  errorText,
  groupId,
  host,
  int8,
  int16,
  int32,
  int64,
  string,
  struct,
  topicId,
} from '../schema.ts'

export const shareAcknowledge = api({
  key: 79,
  name: 'ShareAcknowledge',
  versions: [1, 2],
  flexible: 0,
  request: {
    groupId: groupId.orNull(),
    memberId: string.nullable(),
    shareSessionEpoch: int32,
    isRenewAck: bool.since(2),
    topics: array({
      topicId,
      partitions: array({
        partitionIndex: int32,
        acknowledgementBatches: array({
          firstOffset: int64,
          lastOffset: int64,
          /** 0 is a gap, 1 accept, 2 release, 3 reject, 4 renew. */
          acknowledgeTypes: array(int8),
        }),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.orNull(),
    acquisitionLockTimeoutMs: int32.since(2).ignorable(),
    responses: array({
      topicId,
      partitions: array({
        partitionIndex: int32,
        errorCode: int16,
        errorMessage: errorText.orNull(),
        currentLeader: struct({ leaderId: int32, leaderEpoch: int32 }),
      }),
    }),
    /** Where new leaders are reached: clients connect there without asking for metadata. */
    nodeEndpoints: array({ nodeId: brokerId, host, port: int32, rack: string.orNull() }),
  },
})
