// SPDX-License-Identifier: Apache-2.0
/** FindCoordinator. */
import { api } from '../api.ts'
import { array, brokerId, COORDINATOR_KEYS, errorText, host, int8, int16, int32, string } from '../schema.ts'

export const findCoordinator = api({
  key: 10,
  name: 'FindCoordinator',
  versions: [0, 6],
  flexible: 3,
  request: {
    key: string.until(3).dependsOn('keyType', COORDINATOR_KEYS),
    keyType: int8.since(1),
    coordinatorKeys: array(string.dependsOn('keyType', COORDINATOR_KEYS)).since(4),
  },
  response: {
    throttleTimeMs: int32.since(1).ignorable(),
    errorCode: int16.until(3),
    errorMessage: errorText.since(1).until(3).nullable().ignorable(),
    nodeId: brokerId.until(3),
    host: host.until(3),
    port: int32.until(3),
    coordinators: array({
      key: string.decidedBy('keyType of the request'),
      nodeId: brokerId,
      host,
      port: int32,
      errorCode: int16,
      errorMessage: errorText.nullable().ignorable(),
    }).since(4),
  },
})
