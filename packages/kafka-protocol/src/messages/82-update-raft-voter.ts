// SPDX-License-Identifier: Apache-2.0
/**
 * UpdateRaftVoter: a voter of the controller quorum says where it is reached and what it speaks (KIP-853). Between
 * controllers.
 */
import { api } from '../api.ts'
import { array, brokerId, host, int16, int32, string, struct, uint16, uuid } from '../schema.ts'

export const updateRaftVoter = api({
  key: 82,
  name: 'UpdateRaftVoter',
  versions: [0, 0],
  flexible: 0,
  audience: 'controller',
  request: {
    clusterId: string.nullable(),
    currentLeaderEpoch: int32,
    voterId: int32,
    voterDirectoryId: uuid,
    listeners: array({ name: string, host, port: uint16 }),
    kRaftVersionFeature: struct({ minSupportedVersion: int16, maxSupportedVersion: int16 }),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    currentLeader: struct({ leaderId: brokerId.or(-1), leaderEpoch: int32.or(-1), host, port: int32 }).tag(0),
  },
})
