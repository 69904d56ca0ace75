// SPDX-License-Identifier: Apache-2.0
/** AllocateProducerIds: a broker takes a block of producer ids (KIP-730). Between brokers and controllers. */
import { api } from '../api.ts'
import { brokerId, int16, int32, int64, producerId } from '../schema.ts'

export const allocateProducerIds = api({
  key: 67,
  name: 'AllocateProducerIds',
  versions: [0, 0],
  flexible: 0,
  audience: 'controller',
  request: {
    brokerId,
    brokerEpoch: int64.or(-1n),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    producerIdStart: producerId,
    producerIdLen: int32,
  },
})
