// SPDX-License-Identifier: Apache-2.0
/**
 * StreamsGroupHeartbeat: joining and leaving a Kafka Streams group, whose tasks the broker assigns (KIP-1071). The broker
 * creates the internal topics of the topology, by the names given here. What did not change since the last heartbeat is
 * null.
 */
import { api } from '../api.ts'
import {
  array,
  bool,
  errorText,
  groupId,
  int8,
  int16,
  int32,
  int64,
  string,
  struct,
  topicName,
  topicRegex,
  uint16,
} from '../schema.ts'

const keyValue = { key: string, value: string }

const topicInfo = { name: topicName, partitions: int32, replicationFactor: int16, topicConfigs: array(keyValue) }

const endpoint = { host: string, port: uint16 }

const taskOffset = { subtopologyId: string, partition: int32, offset: int64 }

const taskIds = { subtopologyId: string, partitions: array(int32) }

const status = { statusCode: int8, statusDetail: errorText }

const topicPartition = { topic: topicName, partitions: array(int32) }

export const streamsGroupHeartbeat = api({
  key: 88,
  name: 'StreamsGroupHeartbeat',
  versions: [0, 0],
  flexible: 0,
  request: {
    groupId,
    memberId: string,
    memberEpoch: int32,
    endpointInformationEpoch: int32,
    instanceId: string.orNull(),
    rackId: string.orNull(),
    rebalanceTimeoutMs: int32.or(-1),
    /** Null when it did not change. */
    topology: struct({
      epoch: int32,
      subtopologies: array({
        subtopologyId: string,
        sourceTopics: array(topicName),
        sourceTopicRegex: array(topicRegex),
        stateChangelogTopics: array(topicInfo),
        repartitionSinkTopics: array(topicName),
        repartitionSourceTopics: array(topicInfo),
        copartitionGroups: array({
          sourceTopics: array(int16),
          /** Indexes into the subtopology's `sourceTopicRegex`, as are the other two lists into theirs. */
          sourceTopicRegex: array(int16),
          repartitionSourceTopics: array(int16),
        }),
      }),
    }).orNull(),
    activeTasks: array(taskIds).orNull(),
    standbyTasks: array(taskIds).orNull(),
    warmupTasks: array(taskIds).orNull(),
    processId: string.orNull(),
    /** The application's own, for interactive queries: not an address of Kafka. */
    userEndpoint: struct(endpoint).orNull(),
    clientTags: array(keyValue).orNull(),
    taskOffsets: array(taskOffset).orNull(),
    taskEndOffsets: array(taskOffset).orNull(),
    shutdownApplication: bool,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.orNull(),
    memberId: string,
    memberEpoch: int32,
    heartbeatIntervalMs: int32,
    acceptableRecoveryLag: int32,
    taskOffsetIntervalMs: int32,
    status: array(status).nullable(),
    activeTasks: array(taskIds).orNull(),
    standbyTasks: array(taskIds).orNull(),
    warmupTasks: array(taskIds).orNull(),
    endpointInformationEpoch: int32,
    /** Null when it did not change. */
    partitionsByUserEndpoint: array({
      userEndpoint: struct(endpoint),
      activePartitions: array(topicPartition),
      standbyPartitions: array(topicPartition),
    }).orNull(),
  },
})
