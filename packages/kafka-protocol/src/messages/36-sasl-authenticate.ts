// SPDX-License-Identifier: Apache-2.0
/**
 * SaslAuthenticate: one token of a log-in, each way (KIP-152). KIP-368 added the session's lifetime: after it the client
 * has to log in again on the same connection (v1).
 */
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
    /** 0 when the session does not end. */
    sessionLifetimeMs: int64.since(1).ignorable(),
  },
})
