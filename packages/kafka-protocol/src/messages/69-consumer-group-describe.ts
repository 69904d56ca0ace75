// SPDX-License-Identifier: Apache-2.0
/**
 * ConsumerGroupDescribe: state and members of groups of the new consumer protocol (KIP-848). KIP-1099 added the member's
 * type (v1).
 */
import { api } from '../api.ts'
import {
  array,
  authorizedOperations,
  bool,
  errorText,
  groupId,
  int8,
  int16,
  int32,
  string,
  struct,
  topicId,
  topicName,
  topicRegex,
} from '../schema.ts'

const topicPartitions = { topicId, topicName, partitions: array(int32) }

const assignment = { topicPartitions: array(topicPartitions) }

export const consumerGroupDescribe = api({
  key: 69,
  name: 'ConsumerGroupDescribe',
  versions: [0, 1],
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
        instanceId: string.orNull(),
        rackId: string.orNull(),
        memberEpoch: int32,
        clientId: string,
        /** The address that the broker sees: behind a relay, the relay's. */
        clientHost: string,
        subscribedTopicNames: array(topicName),
        subscribedTopicRegex: topicRegex.orNull(),
        assignment: struct(assignment),
        targetAssignment: struct(assignment),
        memberType: int8.since(1).or(-1).ignorable(),
      }),
      authorizedOperations,
    }),
  },
})
