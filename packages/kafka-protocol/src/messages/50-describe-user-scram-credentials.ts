// SPDX-License-Identifier: Apache-2.0
/**
 * DescribeUserScramCredentials: which users have a SCRAM credential, and with how many iterations; never the secret
 * (KIP-554).
 */
import { api } from '../api.ts'
import { array, errorText, int8, int16, int32, userName } from '../schema.ts'

export const describeUserScramCredentials = api({
  key: 50,
  name: 'DescribeUserScramCredentials',
  versions: [0, 0],
  flexible: 0,
  request: {
    /** Null or empty asks for all users. */
    users: array({ name: userName }).nullable(),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.nullable(),
    results: array({
      user: userName,
      errorCode: int16,
      errorMessage: errorText.nullable(),
      credentialInfos: array({ mechanism: int8, iterations: int32 }),
    }),
  },
})
