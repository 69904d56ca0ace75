// SPDX-License-Identifier: Apache-2.0
/**
 * FindCoordinator: which broker looks after a group or a transaction. KIP-98 added the key type (v1), KIP-699 asking for
 * many keys at once (v4), KIP-932 keys of share groups (v6). The coordinator is chosen by hashing the key, so the key
 * here and the id in later requests must be the same text.
 */
import { api } from '../api.ts'
import { array, brokerId, COORDINATOR_KEYS, errorText, host, int8, int16, int32, string } from '../schema.ts'

export const findCoordinator = api({
  key: 10,
  name: 'FindCoordinator',
  versions: [0, 6],
  flexible: 3,
  request: {
    key: string.until(3).dependsOn('keyType', COORDINATOR_KEYS),
    /** 0 is a group, 1 a transactional id, 2 a partition of a share group. */
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
      /** As asked; its type is told by the request alone. */
      key: string.decidedBy('keyType of the request'),
      nodeId: brokerId,
      host,
      port: int32,
      errorCode: int16,
      errorMessage: errorText.nullable().ignorable(),
    }).since(4),
  },
})
