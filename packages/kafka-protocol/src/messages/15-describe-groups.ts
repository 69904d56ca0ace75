// SPDX-License-Identifier: Apache-2.0
/**
 * DescribeGroups: state and members of classic groups. KIP-430 added the caller's rights (v3), KIP-345 static members
 * (v4), KIP-1043 error texts, and the error for a group that does not exist (v6).
 */
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
        /** The address that the broker sees: behind a relay, the relay's. */
        clientHost: string,
        /** A subscription, when the protocol type is `consumer`. */
        memberMetadata: bytes.decidedBy('protocolType of the group'),
        /** An assignment, when the protocol type is `consumer`. */
        memberAssignment: bytes.decidedBy('protocolType of the group'),
      }),
      authorizedOperations: authorizedOperations.since(3),
    }),
  },
})
