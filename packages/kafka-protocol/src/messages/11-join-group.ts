// SPDX-License-Identifier: Apache-2.0
/**
 * JoinGroup: enters a classic group and waits for the others. KIP-62 added the rebalance timeout (v1), KIP-394 a member
 * id before joining (v4), KIP-345 static members (v5), KIP-559 the protocol type in the answer (v7), KIP-800 the reason
 * (v8), KIP-814 skipping the assignment (v9). Only the leader's answer lists the members. See `consumer-protocol.ts` for
 * the metadata bytes.
 */
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
    /** Empty at the first join: the answer MEMBER_ID_REQUIRED then gives one. */
    memberId: string,
    groupInstanceId: string.since(5).orNull(),
    /** `consumer`, `connect`, or another that the clients of the group agree on. */
    protocolType: string,
    protocols: array({
      name: string,
      /** A subscription, when the protocol type is `consumer`. */
      metadata: bytes.decidedBy('protocolType of the request'),
    }),
    reason: string.since(8).orNull().ignorable(),
  },
  response: {
    throttleTimeMs: int32.since(2).ignorable(),
    errorCode: int16,
    generationId: int32.or(-1),
    protocolType: string.since(7).orNull().ignorable(),
    /** Null only after an error, and only since v7. */
    protocolName: string.nullable(7),
    leader: string,
    skipAssignment: bool.since(9),
    memberId: string,
    members: array({
      memberId: string,
      groupInstanceId: string.since(5).orNull().ignorable(),
      /** A subscription, when the protocol type is `consumer`. Before v7 only the request tells the type. */
      metadata: bytes.decidedBy('protocolType of the request'),
    }),
  },
})
