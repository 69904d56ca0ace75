// SPDX-License-Identifier: Apache-2.0
/** SaslAuthenticate. */
import { api } from '../api.ts'
import { bytes, errorText, int16, int64 } from '../schema.ts'

export const saslAuthenticate = api({
  key: 36,
  name: 'SaslAuthenticate',
  versions: [0, 2],
  flexible: 2,
  request: {
    authBytes: bytes,
  },
  response: {
    errorCode: int16,
    errorMessage: errorText.nullable(),
    authBytes: bytes,
    sessionLifetimeMs: int64.since(1).ignorable(),
  },
})
