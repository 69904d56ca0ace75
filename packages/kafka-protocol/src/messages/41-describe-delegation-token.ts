// SPDX-License-Identifier: Apache-2.0
/** DescribeDelegationToken: the tokens of owners, their keys included (KIP-48). KIP-373 added who asked for them (v3). */
import { api } from '../api.ts'
import { array, bytes, int16, int32, int64, string } from '../schema.ts'

export const describeDelegationToken = api({
  key: 41,
  name: 'DescribeDelegationToken',
  versions: [1, 3],
  flexible: 2,
  request: {
    /** Null asks for all owners. */
    owners: array({
      principalType: string,
      principalName: string.dependsOn('principalType', { User: 'user' }),
    }).nullable(),
  },
  response: {
    errorCode: int16,
    tokens: array({
      principalType: string,
      principalName: string.dependsOn('principalType', { User: 'user' }),
      tokenRequesterPrincipalType: string.since(3),
      tokenRequesterPrincipalName: string.since(3).dependsOn('tokenRequesterPrincipalType', { User: 'user' }),
      issueTimestamp: int64,
      expiryTimestamp: int64,
      maxTimestamp: int64,
      tokenId: string,
      hmac: bytes,
      renewers: array({
        principalType: string,
        principalName: string.dependsOn('principalType', { User: 'user' }),
      }),
    }),
    throttleTimeMs: int32,
  },
})
