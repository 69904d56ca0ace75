// SPDX-License-Identifier: Apache-2.0
/**
 * BeginQuorumEpoch: a new leader of the controller quorum announces itself (KIP-595; KIP-853 added voters that come and
 * go in v1). Between controllers.
 */
import { api } from '../api.ts'
import { array, brokerId, host, int16, int32, string, topicName, uint16, uuid } from '../schema.ts'

export const beginQuorumEpoch = api({
  key: 53,
  name: 'BeginQuorumEpoch',
  versions: [0, 1],
  flexible: 1,
  audience: 'controller',
  request: {
    clusterId: string.orNull(),
    voterId: brokerId.since(1).or(-1).ignorable(),
    topics: array({
      topicName,
      partitions: array({
        partitionIndex: int32,
        voterDirectoryId: uuid.since(1).ignorable(),
        leaderId: brokerId,
        leaderEpoch: int32,
      }),
    }),
    leaderEndpoints: array({ name: string, host, port: uint16 }).since(1).ignorable(),
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
      }),
    }),
    nodeEndpoints: array({ nodeId: brokerId, host, port: uint16 }).since(1).tag(0),
  },
})
