// SPDX-License-Identifier: Apache-2.0
/**
 * DescribeQuorum: the state of the controller quorum (KIP-595). KIP-836 added timestamps (v1), KIP-853 addresses and
 * directory ids (v2).
 */
import { api } from '../api.ts'
import { array, brokerId, errorText, host, int16, int32, int64, string, topicName, uint16, uuid } from '../schema.ts'

const replicaState = {
  replicaId: brokerId,
  replicaDirectoryId: uuid.since(2),
  logEndOffset: int64,
  lastFetchTimestamp: int64.since(1).or(-1n).ignorable(),
  lastCaughtUpTimestamp: int64.since(1).or(-1n).ignorable(),
}

export const describeQuorum = api({
  key: 55,
  name: 'DescribeQuorum',
  versions: [0, 2],
  flexible: 0,
  request: {
    topics: array({
      topicName,
      partitions: array({ partitionIndex: int32 }),
    }),
  },
  response: {
    errorCode: int16,
    errorMessage: errorText.since(2).nullable().ignorable(),
    topics: array({
      topicName,
      partitions: array({
        partitionIndex: int32,
        errorCode: int16,
        errorMessage: errorText.since(2).nullable().ignorable(),
        leaderId: brokerId,
        leaderEpoch: int32,
        highWatermark: int64,
        currentVoters: array(replicaState),
        observers: array(replicaState),
      }),
    }),
    nodes: array({
      nodeId: brokerId,
      listeners: array({ name: string, host, port: uint16 }),
    }).since(2),
  },
})
