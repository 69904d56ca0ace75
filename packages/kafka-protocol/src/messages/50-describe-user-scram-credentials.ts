// SPDX-License-Identifier: Apache-2.0
/** DescribeUserScramCredentials. */
import { api } from '../api.ts'
import { array, errorText, int8, int16, int32, userName } from '../schema.ts'

export const describeUserScramCredentials = api({
  key: 50,
  name: 'DescribeUserScramCredentials',
  versions: [0, 0],
  flexible: 0,
  request: {
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
