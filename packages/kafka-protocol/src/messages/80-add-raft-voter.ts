// SPDX-License-Identifier: Apache-2.0
/**
 * AddRaftVoter: adds a voter to the controller quorum (KIP-853). KIP-1186 added an answer before the change is committed
 * (v1).
 */
import { api } from '../api.ts'
import { array, bool, errorText, host, int16, int32, string, uint16, uuid } from '../schema.ts'

export const addRaftVoter = api({
  key: 80,
  name: 'AddRaftVoter',
  versions: [0, 1],
  flexible: 0,
  request: {
    clusterId: string.nullable(),
    timeoutMs: int32,
    voterId: int32,
    voterDirectoryId: uuid,
    listeners: array({ name: string, host, port: uint16 }),
    ackWhenCommitted: bool.since(1).or(true),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.nullable(),
  },
})
