// SPDX-License-Identifier: Apache-2.0
/**
 * CreateDelegationToken: a token with which to log in by SCRAM in a user's place (KIP-48). KIP-373 lets it be for another
 * owner (v3).
 */
import { api } from '../api.ts'
import { array, bytes, int16, int32, int64, string } from '../schema.ts'

export const createDelegationToken = api({
  key: 38,
  name: 'CreateDelegationToken',
  versions: [1, 3],
  flexible: 2,
  request: {
    ownerPrincipalType: string.since(3).nullable(),
    /** Null for the caller's own token. */
    ownerPrincipalName: string.since(3).dependsOn('ownerPrincipalType', { User: 'user' }).nullable(),
    renewers: array({
      principalType: string,
      principalName: string.dependsOn('principalType', { User: 'user' }),
    }),
    maxLifetimeMs: int64,
  },
  response: {
    errorCode: int16,
    principalType: string,
    principalName: string.dependsOn('principalType', { User: 'user' }),
    tokenRequesterPrincipalType: string.since(3),
    tokenRequesterPrincipalName: string.since(3).dependsOn('tokenRequesterPrincipalType', { User: 'user' }),
    issueTimestampMs: int64,
    expiryTimestampMs: int64,
    maxTimestampMs: int64,
    tokenId: string,
    hmac: bytes,
    throttleTimeMs: int32,
  },
})
