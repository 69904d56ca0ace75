// SPDX-License-Identifier: Apache-2.0
/** EndTxn. */
import { api } from '../api.ts'
import { bool, int16, int32, producerId, transactionalId } from '../schema.ts'

export const endTxn = api({
  key: 26,
  name: 'EndTxn',
  versions: [0, 5],
  flexible: 3,
  request: {
    transactionalId,
    producerId,
    producerEpoch: int16,
    committed: bool,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    producerId: producerId.since(5).or(-1n).ignorable(),
    producerEpoch: int16.since(5).or(-1).ignorable(),
  },
})
