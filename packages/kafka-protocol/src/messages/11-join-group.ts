// SPDX-License-Identifier: Apache-2.0
/** JoinGroup. */
import { api } from '../api.ts'
import { array, bool, bytes, groupId, int16, int32, string } from '../schema.ts'

export const joinGroup = api({
  key: 11,
  name: 'JoinGroup',
  versions: [0, 9],
  flexible: 6,
  request: {
    groupId,
    sessionTimeoutMs: int32,
    rebalanceTimeoutMs: int32.since(1).or(-1).ignorable(),
    memberId: string,
    groupInstanceId: string.since(5).orNull(),
    protocolType: string,
    protocols: array({ name: string, metadata: bytes.decidedBy('protocolType of the request') }),
    reason: string.since(8).orNull().ignorable(),
  },
  response: {
    throttleTimeMs: int32.since(2).ignorable(),
    errorCode: int16,
    generationId: int32.or(-1),
    protocolType: string.since(7).orNull().ignorable(),
    protocolName: string.nullable(7),
    leader: string,
    skipAssignment: bool.since(9),
    memberId: string,
    members: array({
      memberId: string,
      groupInstanceId: string.since(5).orNull().ignorable(),
      metadata: bytes.decidedBy('protocolType of the request'),
    }),
  },
})
