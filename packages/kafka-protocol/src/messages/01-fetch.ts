// SPDX-License-Identifier: Apache-2.0
/**
 * Fetch: reads record batches, for consumers and for replicas. KIP-227 added incremental sessions (v7), KIP-320 leader
 * epochs (v9), KIP-392 fetching from followers (v11), KIP-516 replaced topic names by ids (v13), KIP-951 the address of a
 * new leader (v16). In an incremental session a response holds only partitions with news, and a request only those that
 * changed; an id is checked when it enters the session.
 */
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
    /** Sent between controllers only. */
    clusterId: string.since(12).orNull().tag(0).ignorable(),
    /** -1 for a consumer. A replica names itself here until v14, then in `replicaState`. */
    replicaId: brokerId.until(14).or(-1),
    replicaState: struct({ replicaId: brokerId.or(-1), replicaEpoch: int64.or(-1n) })
      .since(15)
      .tag(1),
    maxWaitMs: int32,
    minBytes: int32,
    maxBytes: int32.or(MAX_INT32),
    /** 0 reads everything, 1 committed transactions only (KIP-98). */
    isolationLevel: int8,
    sessionId: int32.since(7).ignorable(),
    /** -1 for no session, 0 for a new one. */
    sessionEpoch: int32.since(7).or(-1).ignorable(),
    topics: array({
      topic: topicName.until(12).ignorable(),
      topicId: topicId.since(13).ignorable(),
      partitions: array({
        partition: int32,
        currentLeaderEpoch: int32.since(9).or(-1).ignorable(),
        fetchOffset: int64,
        lastFetchedEpoch: int32.since(12).or(-1),
        /** -1 for a consumer. */
        logStartOffset: int64.since(5).or(-1n).ignorable(),
        partitionMaxBytes: int32,
        replicaDirectoryId: uuid.since(17).tag(0).ignorable(),
        highWatermark: int64.since(18).or(MAX_INT64).tag(1).ignorable(),
      }),
    }),
    /** Partitions that leave the session. */
    forgottenTopicsData: array({
      topic: topicName.until(12).ignorable(),
      topicId: topicId.since(13).ignorable(),
      partitions: array(int32),
    }).since(7),
    /** Chooses a follower near the consumer (KIP-392). */
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
        /** Where the log of the replica that asks parts from the leader's. */
        divergingEpoch: struct({ epoch: int32.or(-1), endOffset: int64.or(-1n) })
          .since(12)
          .tag(0),
        /** Only with NOT_LEADER_OR_FOLLOWER or FENCED_LEADER_EPOCH; the address is in `nodeEndpoints`. */
        currentLeader: struct({ leaderId: brokerId.or(-1), leaderEpoch: int32.or(-1) })
          .since(12)
          .tag(1),
        snapshotId: struct({ endOffset: int64.or(-1n), epoch: int32.or(-1) })
          .since(12)
          .tag(2),
        /** Null when everything is read, also for a consumer that asked for it. */
        abortedTransactions: array({ producerId, firstOffset: int64 }).nullable(),
        /** The consumer fetches from this broker next (KIP-392). */
        preferredReadReplica: brokerId.since(11).or(-1),
        /** The last batch may be cut short at the size limit. */
        records: records.nullable(),
      }),
    }),
    /** Where new leaders are reached: clients connect there without asking for metadata. */
    nodeEndpoints: array({ nodeId: brokerId, host, port: int32, rack: string.orNull() }).since(16).tag(0),
  },
})
