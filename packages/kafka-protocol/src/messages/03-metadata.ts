// SPDX-License-Identifier: Apache-2.0
/** Metadata. */
import { api } from '../api.ts'
import { array, authorizedOperations, bool, brokerId, host, int16, int32, string, topicId, topicName } from '../schema.ts'

export const metadata = api({
  key: 3,
  name: 'Metadata',
  versions: [0, 13],
  flexible: 9,
  request: {
    topics: array({ topicId: topicId.since(10).ignorable(), name: topicName.nullable(10) }).nullable(1),
    allowAutoTopicCreation: bool.since(4).or(true),
    includeClusterAuthorizedOperations: bool.since(8).until(10),
    includeTopicAuthorizedOperations: bool.since(8),
  },
  response: {
    throttleTimeMs: int32.since(3).ignorable(),
    brokers: array({ nodeId: brokerId, host, port: int32, rack: string.since(1).orNull().ignorable() }),
    clusterId: string.since(2).orNull().ignorable(),
    controllerId: brokerId.since(1).or(-1).ignorable(),
    topics: array({
      errorCode: int16,
      name: topicName.nullable(12),
      topicId: topicId.since(10).ignorable(),
      isInternal: bool.since(1).ignorable(),
      partitions: array({
        errorCode: int16,
        partitionIndex: int32,
        leaderId: brokerId,
        leaderEpoch: int32.since(7).or(-1).ignorable(),
        replicaNodes: array(brokerId),
        isrNodes: array(brokerId),
        offlineReplicas: array(brokerId).since(5).ignorable(),
      }),
      topicAuthorizedOperations: authorizedOperations.since(8),
    }),
    clusterAuthorizedOperations: authorizedOperations.since(8).until(10),
    errorCode: int16.since(13).ignorable(),
  },
})
