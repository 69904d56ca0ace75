// SPDX-License-Identifier: Apache-2.0
/** ShareGroupDescribe: state and members of share groups (KIP-932). v0 was an early access version and is gone. */
import { api } from '../api.ts'
import {
  array,
  authorizedOperations,
  bool,
  errorText,
  groupId,
  int16,
  int32,
  string,
  struct,
  topicId,
  topicName,
} from '../schema.ts'

const topicPartitions = { topicId, topicName, partitions: array(int32) }

const assignment = { topicPartitions: array(topicPartitions) }

export const shareGroupDescribe = api({
  key: 77,
  name: 'ShareGroupDescribe',
  versions: [1, 1],
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
      assignorName: string,
      members: array({
        memberId: string,
        rackId: string.orNull(),
        memberEpoch: int32,
        clientId: string,
        clientHost: string,
        subscribedTopicNames: array(topicName),
        assignment: struct(assignment),
      }),
      authorizedOperations,
    }),
  },
})
