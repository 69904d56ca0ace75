// SPDX-License-Identifier: Apache-2.0
/**
 * EndTxn: commits or aborts. From v5 the epoch is bumped after every transaction and the answer has the new one
 * (KIP-890).
 */
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
    /** False aborts. */
    committed: bool,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    producerId: producerId.since(5).or(-1n).ignorable(),
    /** What the next transaction uses. */
    producerEpoch: int16.since(5).or(-1).ignorable(),
  },
})
