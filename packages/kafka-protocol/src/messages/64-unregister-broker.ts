// SPDX-License-Identifier: Apache-2.0
/** UnregisterBroker: removes a broker that will not come back (KIP-631). */
import { api } from '../api.ts'
import { brokerId, errorText, int16, int32 } from '../schema.ts'

export const unregisterBroker = api({
  key: 64,
  name: 'UnregisterBroker',
  versions: [0, 0],
  flexible: 0,
  request: {
    brokerId,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.nullable(),
  },
})
