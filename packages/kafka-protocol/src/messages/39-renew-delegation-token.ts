// SPDX-License-Identifier: Apache-2.0
/** RenewDelegationToken: moves the expiry of a token (KIP-48). */
import { api } from '../api.ts'
import { bytes, int16, int32, int64 } from '../schema.ts'

export const renewDelegationToken = api({
  key: 39,
  name: 'RenewDelegationToken',
  versions: [1, 2],
  flexible: 2,
  request: {
    hmac: bytes,
    renewPeriodMs: int64,
  },
  response: {
    errorCode: int16,
    expiryTimestampMs: int64,
    throttleTimeMs: int32,
  },
})
