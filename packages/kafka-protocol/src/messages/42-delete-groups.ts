// SPDX-License-Identifier: Apache-2.0
/** DeleteGroups: removes empty groups with their offsets (KIP-229). */
import { api } from '../api.ts'
import { array, groupId, int16, int32 } from '../schema.ts'

export const deleteGroups = api({
  key: 42,
  name: 'DeleteGroups',
  versions: [0, 2],
  flexible: 2,
  request: {
    groupsNames: array(groupId),
  },
  response: {
    throttleTimeMs: int32,
    results: array({ groupId, errorCode: int16 }),
  },
})
