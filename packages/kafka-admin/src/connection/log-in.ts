// SPDX-License-Identifier: Apache-2.0
/** Logs a connection in by SASL (KIP-43, KIP-152): SCRAM (RFC 5802) or PLAIN (RFC 4616). */
import { randomBytes } from 'node:crypto'
import { KaasError } from '@kaas/errors'
import { errorName, type ScramClient, saslAuthenticate, saslHandshake, scramClient } from '@kaas/kafka-protocol'
import type { KafkaConnection } from './kafka-connection.ts'

/** Who logs in, by password or, for SCRAM, by the salted value kept instead. A secret either way: no error here carries it. */
export type KafkaCredentials = PasswordCredentials | SaltedCredentials

/** The usual way. */
export interface PasswordCredentials {
  readonly username: string
  readonly password: string
  readonly mechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256' | 'PLAIN'
}

/** For whoever keeps no password: works only while the broker holds exactly this salted value. */
export interface SaltedCredentials {
  readonly username: string
  readonly mechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256'
  readonly salted: { readonly salt: Uint8Array; readonly iterations: number; readonly saltedPassword: Uint8Array }
}

/** Share of a session's life after which it is no longer used, so that no request meets its end (KIP-368). */
const USED_LIFETIME = 0.85

/**
 * Logs in; afterwards the connection speaks as that user. Throws `credentials-wrong` when the broker refuses (wrong password or
 * unknown user: it does not tell which), `not-supported` when it lacks the mechanism, and what `request` throws.
 */
export async function logIn(connection: KafkaConnection, credentials: KafkaCredentials, timeoutMs: number): Promise<void> {
  const { mechanism } = credentials
  const offered = await connection.request(saslHandshake, { mechanism }, { timeoutMs })
  if (offered.errorCode !== 0) throw lacksMechanism(mechanism, offered.mechanisms)
  const exchange = (bytes: Buffer) => step(connection, bytes, timeoutMs)
  const client = scramFor(credentials)
  const lifetimeMs = client === undefined ? await plain(exchange, credentials) : await scram(exchange, client)
  if (lifetimeMs > 0) connection.expireIn(lifetimeMs * USED_LIFETIME)
}

interface SaslAnswer {
  readonly bytes: Buffer
  readonly lifetimeMs: number
}
type Exchange = (bytes: Buffer) => Promise<SaslAnswer>

/** The client's side of SCRAM; undefined for PLAIN. */
function scramFor(credentials: KafkaCredentials): ScramClient | undefined {
  const nonce = randomBytes(24).toString('base64url')
  const { username, mechanism } = credentials
  if ('salted' in credentials) return scramClient(credentials.mechanism, username, '', nonce, { salted: credentials.salted })
  return mechanism === 'PLAIN' ? undefined : scramClient(mechanism, username, credentials.password, nonce)
}

async function plain(exchange: Exchange, credentials: KafkaCredentials): Promise<number> {
  const password = 'password' in credentials ? credentials.password : ''
  const answer = await exchange(Buffer.from(`\0${credentials.username}\0${password}`))
  return answer.lifetimeMs
}

async function scram(exchange: Exchange, client: ScramClient): Promise<number> {
  const first = await exchange(client.first())
  const final = await exchange(await client.finalAsync(first.bytes))
  client.verify(final.bytes)
  return final.lifetimeMs
}

async function step(connection: KafkaConnection, bytes: Buffer, timeoutMs: number): Promise<SaslAnswer> {
  const answer = await connection.request(saslAuthenticate, { authBytes: bytes }, { timeoutMs })
  if (answer.errorCode !== 0) {
    throw new KaasError('credentials-wrong', {
      message: `Kafka refused the login: ${answer.errorMessage ?? errorName(answer.errorCode)}.`,
      help: 'Check the user name and the password, and that the user exists for this mechanism.',
    })
  }
  return { bytes: answer.authBytes, lifetimeMs: Number(answer.sessionLifetimeMs) }
}

function lacksMechanism(mechanism: string, offered: readonly string[]): KaasError {
  return new KaasError('not-supported', {
    message: `The broker does not offer ${mechanism}; it offers ${offered.join(', ') || 'nothing'}.`,
    help: 'Choose a mechanism that it offers, or add this one to sasl.enabled.mechanisms of its listener.',
  })
}
