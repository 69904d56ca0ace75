// SPDX-License-Identifier: Apache-2.0
/**
 * AlterPartition: a leader proposes a new set of in-sync replicas (KIP-497). KIP-841 replaced topic names by ids (v2),
 * KIP-903 added the epochs of those replicas (v3). Between brokers and controllers.
 */
import { api } from '../api.ts'
import { array, brokerId, int8, int16, int32, int64, topicId } from '../schema.ts'

export const alterPartition = api({
  key: 56,
  name: 'AlterPartition',
  versions: [2, 3],
  flexible: 0,
  audience: 'controller',
  request: {
    brokerId,
    brokerEpoch: int64.or(-1n),
    topics: array({
      topicId,
      partitions: array({
        partitionIndex: int32,
        leaderEpoch: int32,
        newIsr: array(brokerId).until(2),
        newIsrWithEpochs: array({ brokerId, brokerEpoch: int64.or(-1n) }).since(3),
        leaderRecoveryState: int8,
        partitionEpoch: int32,
      }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    topics: array({
      topicId,
      partitions: array({
        partitionIndex: int32,
        errorCode: int16,
        leaderId: brokerId,
        leaderEpoch: int32,
        isr: array(brokerId),
        leaderRecoveryState: int8,
        partitionEpoch: int32,
      }),
    }),
  },
})
