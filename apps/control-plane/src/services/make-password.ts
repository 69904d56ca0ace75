// SPDX-License-Identifier: Apache-2.0
/** Passwords of Kafka users: made here, told once, and turned into what Kafka stores (RFC 5802, RFC 7677). */
import { pbkdf2, randomBytes, randomInt } from 'node:crypto'
import { promisify } from 'node:util'
import { type NewCredential, SCRAM_MECHANISMS, type ScramMechanism, type ScramValue } from '@kaas/store'

/** Letters and digits only: safe in every configuration format, shell and URL. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
/** 32 of 57 characters are 186 bits. */
const LENGTH = 32
const SALT_BYTES = 24
/** Kafka's least. More would cost every log-in and add nothing against guessing 186 random bits. */
const ITERATIONS = 4096
const DIGESTS = { 'SCRAM-SHA-512': ['sha512', 64], 'SCRAM-SHA-256': ['sha256', 32] } as const

const derive = promisify(pbkdf2)

/** A password and its values for both mechanisms. `mechanism` is the one that the user is told. */
export async function makePassword(
  mechanism: ScramMechanism,
): Promise<{ readonly password: string; readonly credential: NewCredential }> {
  const password = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  const values = await Promise.all(SCRAM_MECHANISMS.map((each) => saltedValue(each, password)))
  return { password, credential: { mechanism, values } }
}

async function saltedValue(mechanism: ScramMechanism, password: string): Promise<ScramValue> {
  const [digest, bytes] = DIGESTS[mechanism]
  const salt = randomBytes(SALT_BYTES)
  return { mechanism, iterations: ITERATIONS, salt, saltedPassword: await derive(password, salt, ITERATIONS, bytes, digest) }
}
