// SPDX-License-Identifier: Apache-2.0
/**
 * A SCRAM challenge for someone who does not exist. Salt and iterations do not change from try to try, so that asking again
 * tells nothing, and the iterations are those that real users were last challenged with.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { ScramFirst } from './first-message.ts'
import type { ScramMechanism } from './log-in.ts'

/** Kafka's default number of iterations. */
const USUAL_ITERATIONS = 4096
/** The form of what Kafka sends: salt bytes and the characters it adds to the nonce. */
const KAFKA_SALT_BYTES = 18
const KAFKA_NONCE_BYTES = 19

/** Kept for the life of the process: salts of strangers stay the same as those of users do. */
const saltKey = randomBytes(32)
const lastIterations = new Map<ScramMechanism, number>()
let saltBytes = KAFKA_SALT_BYTES

/** Remembers what real challenges look like. */
export function noteChallenge(mechanism: ScramMechanism, challenge: Buffer): void {
  const match = /,s=([^,]+),i=(\d+)/.exec(challenge.toString('utf8'))
  if (match === null) return
  saltBytes = Math.min(Buffer.from(match[1] ?? '', 'base64').length, 64)
  lastIterations.set(mechanism, Number(match[2]))
}

/** The server's first message, as a broker would write it. */
export function phantomChallenge(mechanism: ScramMechanism, { user, nonce }: ScramFirst): Buffer {
  const salt = createHmac('sha512', saltKey).update(`${mechanism}:${user}`).digest().subarray(0, saltBytes)
  const iterations = lastIterations.get(mechanism) ?? USUAL_ITERATIONS
  const serverNonce = randomBytes(KAFKA_NONCE_BYTES).toString('base64url')
  return Buffer.from(`r=${nonce}${serverNonce},s=${salt.toString('base64')},i=${iterations}`)
}
