// SPDX-License-Identifier: Apache-2.0
/** InitProducerId. */
import { api } from '../api.ts'
import { int16, int32, producerId, transactionalId } from '../schema.ts'

export const initProducerId = api({
  key: 22,
  name: 'InitProducerId',
  versions: [0, 5],
  flexible: 2,
  request: {
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
