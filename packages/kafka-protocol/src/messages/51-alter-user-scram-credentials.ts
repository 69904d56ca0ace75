// SPDX-License-Identifier: Apache-2.0
/**
 * AlterUserScramCredentials: sets or deletes SCRAM credentials. The password does not travel: the sender salts it
 * (KIP-554).
 */
import { api } from '../api.ts'
import { array, bytes, errorText, int8, int16, int32, userName } from '../schema.ts'

export const alterUserScramCredentials = api({
  key: 51,
  name: 'AlterUserScramCredentials',
  versions: [0, 0],
  flexible: 0,
  request: {
    deletions: array({
      name: userName,
      /** 1 is SCRAM-SHA-256, 2 is SCRAM-SHA-512. */
      mechanism: int8,
    }),
    upsertions: array({
      name: userName,
      mechanism: int8,
      iterations: int32,
      salt: bytes,
      /** What `saltPassword` gives. */
      saltedPassword: bytes,
    }),
  },
  response: {
    throttleTimeMs: int32,
    results: array({ user: userName, errorCode: int16, errorMessage: errorText.nullable() }),
  },
})
