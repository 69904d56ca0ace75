// SPDX-License-Identifier: Apache-2.0
/**
 * ListGroups: every group whose coordinator is this broker, so a client asks them all. KIP-518 added states (v4), KIP-848
 * types (v5).
 */
import { api } from '../api.ts'
import { array, groupId, int16, int32, string } from '../schema.ts'

export const listGroups = api({
  key: 16,
  name: 'ListGroups',
  versions: [0, 5],
  flexible: 3,
  request: {
    statesFilter: array(string).since(4),
    typesFilter: array(string).since(5),
  },
  response: {
    throttleTimeMs: int32.since(1).ignorable(),
    errorCode: int16,
    groups: array({
      groupId,
      protocolType: string,
      groupState: string.since(4).ignorable(),
      groupType: string.since(5).ignorable(),
    }),
  },
})
