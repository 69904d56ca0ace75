// SPDX-License-Identifier: Apache-2.0
/** Fetch. */
import { api } from '../api.ts'
import {
  array,
  brokerId,
  host,
  int8,
  int16,
  int32,
  int64,
  MAX_INT32,
  MAX_INT64,
  producerId,
  records,
  string,
  struct,
  topicId,
  topicName,
  uuid,
} from '../schema.ts'

export const fetch = api({
  key: 1,
  name: 'Fetch',
  versions: [4, 18],
  flexible: 12,
  request: {
    clusterId: string.since(12).orNull().tag(0).ignorable(),
    replicaId: brokerId.until(14).or(-1),
    replicaState: struct({ replicaId: brokerId.or(-1), replicaEpoch: int64.or(-1n) })
      .since(15)
      .tag(1),
    maxWaitMs: int32,
    minBytes: int32,
    maxBytes: int32.or(MAX_INT32),
    isolationLevel: int8,
    sessionId: int32.since(7).ignorable(),
    sessionEpoch: int32.since(7).or(-1).ignorable(),
    topics: array({
      topic: topicName.until(12).ignorable(),
      topicId: topicId.since(13).ignorable(),
      partitions: array({
        partition: int32,
        currentLeaderEpoch: int32.since(9).or(-1).ignorable(),
        fetchOffset: int64,
        lastFetchedEpoch: int32.since(12).or(-1),
        logStartOffset: int64.since(5).or(-1n).ignorable(),
        partitionMaxBytes: int32,
        replicaDirectoryId: uuid.since(17).tag(0).ignorable(),
        highWatermark: int64.since(18).or(MAX_INT64).tag(1).ignorable(),
      }),
    }),
    forgottenTopicsData: array({
      topic: topicName.until(12).ignorable(),
      topicId: topicId.since(13).ignorable(),
      partitions: array(int32),
    }).since(7),
    rackId: string.since(11).ignorable(),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16.since(7).ignorable(),
    sessionId: int32.since(7),
    responses: array({
      topic: topicName.until(12).ignorable(),
      topicId: topicId.since(13).ignorable(),
      partitions: array({
        partitionIndex: int32,
        errorCode: int16,
        highWatermark: int64,
        lastStableOffset: int64.or(-1n),
        logStartOffset: int64.since(5).or(-1n).ignorable(),
        divergingEpoch: struct({ epoch: int32.or(-1), endOffset: int64.or(-1n) })
          .since(12)
          .tag(0),
        currentLeader: struct({ leaderId: brokerId.or(-1), leaderEpoch: int32.or(-1) })
          .since(12)
          .tag(1),
        snapshotId: struct({ endOffset: int64.or(-1n), epoch: int32.or(-1) })
          .since(12)
          .tag(2),
        abortedTransactions: array({ producerId, firstOffset: int64 }).nullable(),
        preferredReadReplica: brokerId.since(11).or(-1),
        records: records.nullable(),
      }),
    }),
    nodeEndpoints: array({ nodeId: brokerId, host, port: int32, rack: string.orNull() }).since(16).tag(0),
  },
})
