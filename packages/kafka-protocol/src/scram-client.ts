// SPDX-License-Identifier: Apache-2.0
/**
 * The client's side of a SCRAM exchange (RFC 5802), as Kafka speaks it: no channel binding, passwords as plain UTF-8. The nonce
 * comes from the caller, so everything here is a function of its arguments.
 */
import { createHash, createHmac, pbkdf2, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { KaasError } from '@kaas/errors'
import {
  type ClientFirst,
  parseServerFinal,
  parseServerFirst,
  renderClientFirstBare,
  type ScramMechanism,
  type ServerFirst,
} from './scram-messages.ts'

/** One exchange. Call in order; an instance serves one log-in. */
export interface ScramClient {
  /** The message to send first. */
  first(): Buffer
  /**
   * The message to send after the server's first. Hashing takes some milliseconds for Kafka's usual 4,096 iterations: whoever
   * serves others meanwhile calls `finalAsync`. Throws `credentials-wrong` when the challenge is not one to answer.
   */
  final(serverFirst: Uint8Array): Buffer
  /** The same with the hashing done off the event loop. */
  finalAsync(serverFirst: Uint8Array): Promise<Buffer>
  /** Throws `credentials-wrong` when the server refuses, or cannot prove that it knows the password. */
  verify(serverFinal: Uint8Array): void
}

/** Ways to log in other than with a user's password. */
export interface ScramOptions {
  /** The user name is the id of a delegation token and the password its HMAC (KIP-48). */
  readonly tokenAuth?: boolean
  /**
   * What `saltPassword` gave, for whoever keeps that instead of the password: it is used when the server's salt and iterations
   * are the same ones; otherwise the log-in is refused with `credentials-wrong`. The password is not looked at then.
   */
  readonly salted?: { readonly salt: Uint8Array; readonly iterations: number; readonly saltedPassword: Uint8Array }
}

/** Kafka's own minimum; less would let a false server find the password quickly. */
const MIN_ITERATIONS = 4096
/** More would let a false server keep us busy. */
const MAX_ITERATIONS = 1_000_000
const MIN_SALT_BYTES = 1

/** Starts an exchange. `nonce`: at least 18 random bytes as printable text without a comma, never used before. */
export function scramClient(
  mechanism: ScramMechanism,
  username: string,
  password: string,
  nonce: string,
  options: ScramOptions = {},
): ScramClient {
  const extensions = new Map(options.tokenAuth === true ? [['tokenauth', 'true']] : [])
  const firstBare = renderClientFirstBare({ username, nonce, extensions } satisfies ClientFirst)
  let expectedSignature: Buffer | undefined

  const answer = (challenge: ServerFirst, serverFirst: Uint8Array, saltedPassword: Buffer): Buffer => {
    const withoutProof = `c=biws,r=${challenge.nonce}`
    const authMessage = `${firstBare},${Buffer.from(serverFirst).toString('utf8')},${withoutProof}`
    const { proof, serverSignature } = proofsOf(mechanism, saltedPassword, authMessage)
    expectedSignature = serverSignature
    return Buffer.from(`${withoutProof},p=${proof.toString('base64')}`)
  }

  return {
    first: () => Buffer.from(`n,,${firstBare}`),
    final: (serverFirst) => {
      const challenge = checkedChallenge(serverFirst, nonce)
      const kept = keptFor(challenge, options)
      return answer(challenge, serverFirst, kept ?? saltPassword(mechanism, password, challenge.salt, challenge.iterations))
    },
    finalAsync: async (serverFirst) => {
      const challenge = checkedChallenge(serverFirst, nonce)
      const kept = keptFor(challenge, options)
      if (kept !== undefined) return answer(challenge, serverFirst, kept)
      const hash = hashOf(mechanism)
      const salted = await promisify(pbkdf2)(password, challenge.salt, challenge.iterations, hash.bytes, hash.name)
      return answer(challenge, serverFirst, salted)
    },
    verify: (serverFinal) => verifyServer(serverFinal, expectedSignature),
  }
}

function keptFor(challenge: ServerFirst, { salted }: ScramOptions): Buffer | undefined {
  if (salted === undefined) return undefined
  if (challenge.iterations !== salted.iterations || !challenge.salt.equals(salted.salt)) {
    throw refused('The server holds another credential of this user: its salt or iterations differ.')
  }
  return Buffer.from(salted.saltedPassword)
}

/** What a server keeps instead of the password, and what AlterUserScramCredentials carries (RFC 5802: Hi). */
export function saltPassword(mechanism: ScramMechanism, password: string, salt: Uint8Array, iterations: number): Buffer {
  const hash = hashOf(mechanism)
  return pbkdf2Sync(password, salt, iterations, hash.bytes, hash.name)
}

function hashOf(mechanism: ScramMechanism): { readonly name: 'sha256' | 'sha512'; readonly bytes: number } {
  return mechanism === 'SCRAM-SHA-256' ? { name: 'sha256', bytes: 32 } : { name: 'sha512', bytes: 64 }
}

function checkedChallenge(serverFirst: Uint8Array, nonce: string): ServerFirst {
  const challenge = parseServerFirst(serverFirst)
  if (!challenge.nonce.startsWith(nonce) || challenge.nonce.length === nonce.length) {
    throw refused('The server did not continue the nonce of this log-in.')
  }
  if (
    challenge.iterations < MIN_ITERATIONS ||
    challenge.iterations > MAX_ITERATIONS ||
    challenge.salt.length < MIN_SALT_BYTES
  ) {
    throw refused(
      `The server asks for ${challenge.iterations} iterations; ${MIN_ITERATIONS} to ${MAX_ITERATIONS} are accepted.`,
    )
  }
  return challenge
}

interface Proofs {
  readonly proof: Buffer
  readonly serverSignature: Buffer
}

function proofsOf(mechanism: ScramMechanism, saltedPassword: Buffer, authMessage: string): Proofs {
  const { name } = hashOf(mechanism)
  const hmac = (key: Buffer, text: string) => createHmac(name, key).update(text).digest()
  const clientKey = hmac(saltedPassword, 'Client Key')
  const storedKey = createHash(name).update(clientKey).digest()
  const clientSignature = hmac(storedKey, authMessage)
  const proof = Buffer.from(clientKey.map((byte, at) => byte ^ (clientSignature[at] ?? 0)))
  return { proof, serverSignature: hmac(hmac(saltedPassword, 'Server Key'), authMessage) }
}

function verifyServer(serverFinal: Uint8Array, expected: Buffer | undefined): void {
  const final = parseServerFinal(serverFinal)
  if ('error' in final) throw refused(`The server refused the log-in: ${final.error}.`)
  if (expected === undefined || final.signature.length !== expected.length || !timingSafeEqual(final.signature, expected)) {
    throw refused('The server could not prove that it knows the password.')
  }
}

function refused(message: string): KaasError {
  return new KaasError('credentials-wrong', {
    message,
    help: 'Check the user name and the password, and that this is the server you mean to reach.',
  })
}
