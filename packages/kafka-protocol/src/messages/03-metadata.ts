// SPDX-License-Identifier: Apache-2.0
/**
 * Metadata: who leads what, and where brokers are reached. KIP-4 made null mean all topics (v1), KIP-430 added the
 * caller's rights (v8; for the cluster moved to DescribeCluster by KIP-700), KIP-516 topic ids (v10, and asking by id in
 * v12), KIP-1102 an error for the whole answer, by which a client is told to start from its bootstrap servers again
 * (v13).
 */
import { api } from '../api.ts'
import { array, authorizedOperations, bool, brokerId, host, int16, int32, string, topicId, topicName } from '../schema.ts'

export const metadata = api({
  key: 3,
  name: 'Metadata',
  versions: [0, 13],
  flexible: 9,
  request: {
    /** Null asks for all topics, an empty list for none. In v0 an empty list means all. */
    topics: array({
      topicId: topicId.since(10).ignorable(),
      /** Null when asked by id. */
      name: topicName.nullable(10),
    }).nullable(1),
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
      /** Null when asked by an id that is not known. */
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
    /** 129, REBOOTSTRAP_REQUIRED, sends the client back to its bootstrap servers. */
    errorCode: int16.since(13).ignorable(),
  },
})
