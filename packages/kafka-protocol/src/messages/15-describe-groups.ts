// SPDX-License-Identifier: Apache-2.0
/** DescribeGroups. */
import { api } from '../api.ts'
import { array, authorizedOperations, bool, bytes, errorText, groupId, int16, int32, string } from '../schema.ts'

export const describeGroups = api({
  key: 15,
  name: 'DescribeGroups',
  versions: [0, 6],
  flexible: 5,
  request: {
    groups: array(groupId),
    includeAuthorizedOperations: bool.since(3),
  },
  response: {
    throttleTimeMs: int32.since(1).ignorable(),
    groups: array({
      errorCode: int16,
      errorMessage: errorText.since(6).orNull(),
      groupId,
      groupState: string,
      protocolType: string,
      protocolData: string,
      members: array({
        memberId: string,
        groupInstanceId: string.since(4).orNull().ignorable(),
        clientId: string,
        clientHost: string,
        memberMetadata: bytes.decidedBy('protocolType of the group'),
        memberAssignment: bytes.decidedBy('protocolType of the group'),
      }),
      authorizedOperations: authorizedOperations.since(3),
    }),
  },
})
