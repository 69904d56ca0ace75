// SPDX-License-Identifier: Apache-2.0
/**
 * Envelope: a broker forwards a client's request to the controller, with who the client is (KIP-590). Between brokers and
 * controllers.
 */
import { api } from '../api.ts'
import { bytes, int16 } from '../schema.ts'

export const envelope = api({
  key: 58,
  name: 'Envelope',
  versions: [0, 0],
  flexible: 0,
  audience: 'controller',
  request: {
    requestData: bytes,
    requestPrincipal: bytes.nullable(),
    clientHostAddress: bytes,
  },
  response: {
    responseData: bytes.orNull(),
    errorCode: int16,
  },
})
