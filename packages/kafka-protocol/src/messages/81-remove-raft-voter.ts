// SPDX-License-Identifier: Apache-2.0
/** RemoveRaftVoter: removes a voter from the controller quorum (KIP-853). */
import { api } from '../api.ts'
import { errorText, int16, int32, string, uuid } from '../schema.ts'

export const removeRaftVoter = api({
  key: 81,
  name: 'RemoveRaftVoter',
  versions: [0, 0],
  flexible: 0,
  request: {
    clusterId: string.nullable(),
    voterId: int32,
    voterDirectoryId: uuid,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.nullable(),
  },
})
