// SPDX-License-Identifier: Apache-2.0
/**
 * FetchSnapshot: a part of a snapshot of the cluster's metadata (KIP-630; KIP-853 added directory ids in v1). Between
 * controllers.
 */
import { api } from '../api.ts'
import {
  array,
  brokerId,
  host,
  int16,
  int32,
  int64,
  MAX_INT32,
  records,
  string,
  struct,
  topicName,
  uint16,
  uuid,
} from '../schema.ts'

export const fetchSnapshot = api({
  key: 59,
  name: 'FetchSnapshot',
  versions: [0, 1],
  flexible: 0,
  audience: 'controller',
  request: {
    clusterId: string.orNull().tag(0),
    replicaId: brokerId.or(-1),
    maxBytes: int32.or(MAX_INT32),
    topics: array({
      name: topicName,
      partitions: array({
        partition: int32,
        currentLeaderEpoch: int32,
        snapshotId: struct({ endOffset: int64, epoch: int32 }),
        position: int64,
        replicaDirectoryId: uuid.since(1).tag(0).ignorable(),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    topics: array({
      name: topicName,
      partitions: array({
        index: int32,
        errorCode: int16,
        snapshotId: struct({ endOffset: int64, epoch: int32 }),
        currentLeader: struct({ leaderId: brokerId, leaderEpoch: int32 }).tag(0),
        size: int64,
        position: int64,
        unalignedRecords: records,
      }),
    }),
    nodeEndpoints: array({ nodeId: brokerId, host, port: uint16 }).since(1).tag(0),
  },
})
