// SPDX-License-Identifier: Apache-2.0
/**
 * SyncGroup: the leader hands in everyone's assignment, everyone gets her own. KIP-345 added static members (v3), KIP-559
 * the protocol (v5). See `consumer-protocol.ts` for the assignment bytes; the broker itself writes them for classic
 * members of a group that moves to the new protocol (KIP-848).
 */
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
    assignments: array({
      memberId: string,
      /** An assignment, when the protocol type is `consumer`. Before v5 only the join tells the type. */
      assignment: bytes.decidedBy('protocolType of the group'),
    }),
  },
  response: {
    throttleTimeMs: int32.since(1).ignorable(),
    errorCode: int16,
    protocolType: string.since(5).orNull().ignorable(),
    protocolName: string.since(5).orNull().ignorable(),
    /** An assignment, when the protocol type is `consumer`. Empty after an error. */
    assignment: bytes.decidedBy('protocolType of the group'),
  },
})
