// SPDX-License-Identifier: Apache-2.0
/**
 * InitProducerId: an id for idempotence, and the fencing of earlier producers with the same transactional id (KIP-98).
 * KIP-360 lets a producer bump its own epoch (v3). v6 (KIP-939, two-phase commit) is not released in 4.3: a broker speaks
 * it only when told to.
 */
import { api } from '../api.ts'
import { int16, int32, producerId, transactionalId } from '../schema.ts'

export const initProducerId = api({
  key: 22,
  name: 'InitProducerId',
  versions: [0, 5],
  flexible: 2,
  request: {
    /** Null for a producer that is only idempotent. */
    transactionalId: transactionalId.nullable(),
    transactionTimeoutMs: int32,
    producerId: producerId.since(3).or(-1n),
    producerEpoch: int16.since(3).or(-1),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    producerId: producerId.or(-1n),
    producerEpoch: int16,
  },
})
