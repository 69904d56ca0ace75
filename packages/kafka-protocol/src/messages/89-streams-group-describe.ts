// SPDX-License-Identifier: Apache-2.0
/** StreamsGroupDescribe: topology, state and members of Kafka Streams groups (KIP-1071). */
import { api } from '../api.ts'
import {
  array,
  authorizedOperations,
  bool,
  errorText,
  groupId,
  int16,
  int32,
  int64,
  string,
  struct,
  topicName,
  uint16,
} from '../schema.ts'

const endpoint = { host: string, port: uint16 }

const taskOffset = { subtopologyId: string, partition: int32, offset: int64 }

const taskIds = { subtopologyId: string, partitions: array(int32) }

const assignment = { activeTasks: array(taskIds), standbyTasks: array(taskIds), warmupTasks: array(taskIds) }

const keyValue = { key: string, value: string }

const topicInfo = { name: topicName, partitions: int32, replicationFactor: int16, topicConfigs: array(keyValue) }

export const streamsGroupDescribe = api({
  key: 89,
  name: 'StreamsGroupDescribe',
  versions: [0, 0],
  flexible: 0,
  request: {
    groupIds: array(groupId),
    includeAuthorizedOperations: bool,
  },
  response: {
    throttleTimeMs: int32,
    groups: array({
      errorCode: int16,
      errorMessage: errorText.orNull(),
      groupId,
      groupState: string,
      groupEpoch: int32,
      assignmentEpoch: int32,
      topology: struct({
        epoch: int32,
        subtopologies: array({
          subtopologyId: string,
          sourceTopics: array(topicName),
          repartitionSinkTopics: array(topicName),
          stateChangelogTopics: array(topicInfo),
          repartitionSourceTopics: array(topicInfo),
        }).orNull(),
      }).orNull(),
      members: array({
        memberId: string,
        memberEpoch: int32,
        instanceId: string.orNull(),
        rackId: string.orNull(),
        clientId: string,
        clientHost: string,
        topologyEpoch: int32,
        processId: string,
        userEndpoint: struct(endpoint).orNull(),
        clientTags: array(keyValue),
        taskOffsets: array(taskOffset),
        taskEndOffsets: array(taskOffset),
        assignment: struct(assignment),
        targetAssignment: struct(assignment),
        isClassic: bool,
      }),
      authorizedOperations,
    }),
  },
})
