// SPDX-License-Identifier: Apache-2.0
/**
 * LeaveGroup: leaves a classic group. KIP-345 made it a list of members, so that an administrator can remove several
 * (v3); KIP-800 added the reason (v5).
 */
import { api } from '../api.ts'
import { array, groupId, int16, int32, string } from '../schema.ts'

export const leaveGroup = api({
  key: 13,
  name: 'LeaveGroup',
  versions: [0, 5],
  flexible: 4,
  request: {
    groupId,
    memberId: string.until(2),
    members: array({
      memberId: string,
      groupInstanceId: string.orNull(),
      reason: string.since(5).orNull().ignorable(),
    }).since(3),
  },
  response: {
    throttleTimeMs: int32.since(1).ignorable(),
    errorCode: int16,
    members: array({ memberId: string, groupInstanceId: string.nullable(), errorCode: int16 }).since(3),
  },
})
