// SPDX-License-Identifier: Apache-2.0
/** SaslHandshake. */
import { api, NEVER } from '../api.ts'
import { array, int16, string } from '../schema.ts'

export const saslHandshake = api({
  key: 17,
  name: 'SaslHandshake',
  versions: [0, 1],
  flexible: NEVER,
  request: {
    mechanism: string,
  },
  response: {
    errorCode: int16,
    mechanisms: array(string),
  },
})
