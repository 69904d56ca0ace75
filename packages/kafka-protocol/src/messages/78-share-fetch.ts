// SPDX-License-Identifier: Apache-2.0
/**
 * ShareFetch: acquires records of a share group and acknowledges earlier ones in the same call (KIP-932). Records are
 * acquired by ranges of offsets, so none may be dropped or moved on the way. KIP-1206 added modes of acquiring and
 * KIP-1222 renewing the lock (v2).
 */
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
  MAX_INT32,
  records,
  string,
  struct,
  topicId,
} from '../schema.ts'

export const shareFetch = api({
  key: 78,
  name: 'ShareFetch',
  versions: [1, 2],
  flexible: 0,
  request: {
    groupId: groupId.orNull(),
    memberId: string.nullable(),
    /** 0 opens a session, -1 closes it. */
    shareSessionEpoch: int32,
    maxWaitMs: int32,
    minBytes: int32,
    maxBytes: int32.or(MAX_INT32),
    maxRecords: int32,
    batchSize: int32,
    shareAcquireMode: int8.since(2).ignorable(),
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
    forgottenTopicsData: array({ topicId, partitions: array(int32) }),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.orNull(),
    acquisitionLockTimeoutMs: int32,
    responses: array({
      topicId,
      partitions: array({
        partitionIndex: int32,
        errorCode: int16,
        errorMessage: errorText.orNull(),
        acknowledgeErrorCode: int16,
        acknowledgeErrorMessage: errorText.orNull(),
        currentLeader: struct({ leaderId: int32, leaderEpoch: int32 }),
        records,
        acquiredRecords: array({ firstOffset: int64, lastOffset: int64, deliveryCount: int16 }),
      }),
    }),
    /** Where new leaders are reached: clients connect there without asking for metadata. */
    nodeEndpoints: array({ nodeId: brokerId, host, port: int32, rack: string.orNull() }),
  },
})
