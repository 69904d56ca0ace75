// SPDX-License-Identifier: Apache-2.0
/** AlterReplicaLogDirs: moves replicas between the disks of one broker (KIP-113). */
import { api } from '../api.ts'
import { array, int16, int32, string, topicName } from '../schema.ts'

export const alterReplicaLogDirs = api({
  key: 34,
  name: 'AlterReplicaLogDirs',
  versions: [1, 2],
  flexible: 2,
  request: {
    dirs: array({
      path: string,
      topics: array({ name: topicName, partitions: array(int32) }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    results: array({
      topicName,
      partitions: array({ partitionIndex: int32, errorCode: int16 }),
    }),
  },
})
