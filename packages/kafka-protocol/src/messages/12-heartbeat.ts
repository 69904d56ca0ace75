// SPDX-License-Identifier: Apache-2.0
/**
 * Heartbeat: keeps a member of a classic group alive, and is how it learns of a rebalance. KIP-345 added static members
 * (v3).
 */
import { api } from '../api.ts'
import { groupId, int16, int32, string } from '../schema.ts'

export const heartbeat = api({
  key: 12,
  name: 'Heartbeat',
  versions: [0, 4],
  flexible: 4,
  request: {
    groupId,
    generationId: int32,
    memberId: string,
    groupInstanceId: string.since(3).orNull(),
  },
  response: {
    throttleTimeMs: int32.since(1).ignorable(),
    errorCode: int16,
  },
})
