// SPDX-License-Identifier: Apache-2.0
/**
 * Vote: a candidate of the controller quorum asks for a vote (KIP-595). KIP-853 added directory ids (v1), KIP-996 asking
 * before a candidacy (v2). Between controllers.
 */
import { api } from '../api.ts'
import { array, bool, brokerId, host, int16, int32, int64, string, topicName, uint16, uuid } from '../schema.ts'

export const vote = api({
  key: 52,
  name: 'Vote',
  versions: [0, 2],
  flexible: 0,
  audience: 'controller',
  request: {
    clusterId: string.orNull(),
    voterId: brokerId.since(1).or(-1).ignorable(),
    topics: array({
      topicName,
      partitions: array({
        partitionIndex: int32,
        replicaEpoch: int32,
        replicaId: brokerId,
        replicaDirectoryId: uuid.since(1).ignorable(),
        voterDirectoryId: uuid.since(1).ignorable(),
        lastOffsetEpoch: int32,
        lastOffset: int64,
        preVote: bool.since(2),
      }),
    }),
  },
  response: {
    errorCode: int16,
    topics: array({
      topicName,
      partitions: array({
        partitionIndex: int32,
        errorCode: int16,
        leaderId: brokerId,
        leaderEpoch: int32,
        voteGranted: bool,
      }),
    }),
    nodeEndpoints: array({ nodeId: brokerId, host, port: uint16 }).since(1).tag(0),
  },
})
