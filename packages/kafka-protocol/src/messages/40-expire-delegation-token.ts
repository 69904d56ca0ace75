// SPDX-License-Identifier: Apache-2.0
/** ExpireDelegationToken: ends a token now or soon (KIP-48). */
import { api } from '../api.ts'
import { bytes, int16, int32, int64 } from '../schema.ts'

export const expireDelegationToken = api({
  key: 40,
  name: 'ExpireDelegationToken',
  versions: [1, 2],
  flexible: 2,
  request: {
    hmac: bytes,
    expiryTimePeriodMs: int64,
  },
  response: {
    errorCode: int16,
    expiryTimestampMs: int64,
    throttleTimeMs: int32,
  },
})
