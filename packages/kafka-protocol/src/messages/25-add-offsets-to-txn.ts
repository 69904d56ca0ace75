// SPDX-License-Identifier: Apache-2.0
/** AddOffsetsToTxn: makes the offsets of a group part of a transaction (KIP-98). */
import { api } from '../api.ts'
import { groupId, int16, int32, producerId, transactionalId } from '../schema.ts'

export const addOffsetsToTxn = api({
  key: 25,
  name: 'AddOffsetsToTxn',
  versions: [0, 4],
  flexible: 3,
  request: {
    transactionalId,
    producerId,
    producerEpoch: int16,
    groupId,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
  },
})
