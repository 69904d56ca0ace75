// SPDX-License-Identifier: Apache-2.0
/** SyncGroup. */
import { api } from '../api.ts'
import { array, bytes, groupId, int16, int32, string } from '../schema.ts'

export const syncGroup = api({
  key: 14,
  name: 'SyncGroup',
  versions: [0, 5],
  flexible: 4,
  request: {
    groupId,
    generationId: int32,
    memberId: string,
    groupInstanceId: string.since(3).orNull(),
    protocolType: string.since(5).orNull().ignorable(),
    protocolName: string.since(5).orNull().ignorable(),
    assignments: array({ memberId: string, assignment: bytes.decidedBy('protocolType of the group') }),
  },
  response: {
    throttleTimeMs: int32.since(1).ignorable(),
    errorCode: int16,
    protocolType: string.since(5).orNull().ignorable(),
    protocolName: string.since(5).orNull().ignorable(),
    assignment: bytes.decidedBy('protocolType of the group'),
  },
})
