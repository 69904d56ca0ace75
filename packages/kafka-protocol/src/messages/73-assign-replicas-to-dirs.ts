// SPDX-License-Identifier: Apache-2.0
/** AssignReplicasToDirs: a broker says on which disks replicas lie (KIP-858). Between brokers and controllers. */
import { api } from '../api.ts'
import { array, brokerId, int16, int32, int64, topicId, uuid } from '../schema.ts'

export const assignReplicasToDirs = api({
  key: 73,
  name: 'AssignReplicasToDirs',
  versions: [0, 0],
  flexible: 0,
  audience: 'controller',
  request: {
    brokerId,
    brokerEpoch: int64.or(-1n),
    directories: array({
      id: uuid,
      topics: array({
        topicId,
        partitions: array({ partitionIndex: int32 }),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    directories: array({
      id: uuid,
      topics: array({
        topicId,
        partitions: array({ partitionIndex: int32, errorCode: int16 }),
      }),
    }),
  },
})
