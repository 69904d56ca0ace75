// SPDX-License-Identifier: Apache-2.0
/** EndQuorumEpoch: the leader of the controller quorum resigns (KIP-595; KIP-853 in v1). Between controllers. */
import { api } from '../api.ts'
import { array, brokerId, host, int16, int32, string, topicName, uint16, uuid } from '../schema.ts'

export const endQuorumEpoch = api({
  key: 54,
  name: 'EndQuorumEpoch',
  versions: [0, 1],
  flexible: 1,
  audience: 'controller',
  request: {
    clusterId: string.orNull(),
    topics: array({
      topicName,
      partitions: array({
        partitionIndex: int32,
        leaderId: brokerId,
        leaderEpoch: int32,
        preferredSuccessors: array(int32).until(0).ignorable(),
        preferredCandidates: array({ candidateId: brokerId, candidateDirectoryId: uuid }).since(1).ignorable(),
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
