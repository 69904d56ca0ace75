// SPDX-License-Identifier: Apache-2.0
/**
 * SaslHandshake: chooses the mechanism of the log-in that follows (KIP-43). After v0 the tokens follow bare, without
 * Kafka headers; after v1 they travel in SaslAuthenticate (KIP-152). Never flexible, so that any client can be answered.
 */
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
    /** What the broker offers, also when it refuses. */
    mechanisms: array(string),
  },
})
