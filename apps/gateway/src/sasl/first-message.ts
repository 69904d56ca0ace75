// SPDX-License-Identifier: Apache-2.0
/**
 * Reads who logs in from the first token of a mechanism: SCRAM (RFC 5802, section 7), PLAIN (RFC 4616), OAUTHBEARER (RFC 7628). Of SCRAM's
 * second it tells whether it could be one.
 */
import { KaasError } from '@kaas/errors'

/** The first SCRAM message of a client, as far as a relay must read it. */
export interface ScramFirst {
  readonly user: string
  /** The client's nonce, which the server's must continue. */
  readonly nonce: string
  /** `tokenauth=true`: user is the id of a delegation token (KIP-48), not a user name. */
  readonly isTokenId: boolean
}

/** What PLAIN carries. Keep `password` out of logs. */
export interface PlainToken {
  readonly user: string
  readonly password: string
}

/** Between the parts of an OAUTHBEARER message. */
const SEPARATOR = String.fromCharCode(1)

const SCRAM_FIRST = /^n,(?:a=([^,]*))?,n=([^,]+),r=([^,]+)((?:,[A-Za-z]=[^,]*|,[a-z]+=[^,]*)*)$/

const BASE64 = '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?'
const SCRAM_FINAL = new RegExp(`^c=${BASE64},r=([^,]+)(?:,[A-Za-z]=[^,]*)*,p=(${BASE64})$`)

/** Throws `frame-corrupt` for anything that is not a first SCRAM message without channel binding. */
export function parseScramFirst(token: Buffer): ScramFirst {
  const match = SCRAM_FIRST.exec(token.toString('utf8'))
  if (match === null) throw malformed('The first SCRAM message')
  const [, authorizationId = '', name = '', nonce = '', extensions = ''] = match
  const user = unescapeName(name)
  if (authorizationId !== '' && unescapeName(authorizationId) !== user) throw malformed('The authorization id of the log-in')
  return { user, nonce, isTokenId: /,tokenauth=true(?:,|$)/i.test(extensions) }
}

/**
 * Whether a token can be the second SCRAM message after `challenge`. What cannot be never goes to a broker: a broker that was asked closes
 * the connection over a proof of another length, which would tell that the user exists.
 */
export function isScramFinal(token: Buffer, challenge: Buffer, proofBytes: number): boolean {
  const nonce = /^r=([^,]+),/.exec(challenge.toString('utf8'))?.[1]
  const match = SCRAM_FINAL.exec(token.toString('utf8'))
  return match !== null && match[1] === nonce && Buffer.from(match[2] ?? '', 'base64').length === proofBytes
}

/** Throws `frame-corrupt` unless the token is `[authzid] NUL user NUL password` with both given. */
export function parsePlain(token: Buffer): PlainToken {
  const parts = token.toString('utf8').split('\0')
  const [authorizationId, user, password] = parts
  if (parts.length !== 3 || !user || !password) throw malformed('The PLAIN message')
  if (authorizationId !== '' && authorizationId !== user) throw malformed('The authorization id of the log-in')
  return { user, password }
}

/** The token of OAUTHBEARER (RFC 7628, section 3.1). Keep it out of logs. Throws `frame-corrupt` for anything else. */
export function parseBearer(token: Buffer): string {
  const [head = '', ...pairs] = token.toString('utf8').split(SEPARATOR)
  const authorization = pairs.map((pair) => /^auth=Bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(pair)?.[1]).find(isDefined)
  const isWhole = /^n,(?:a=[^,]*)?,$/.test(head) && pairs.slice(-2).every((pair) => pair === '') && pairs.length > 2
  if (!isWhole || authorization === undefined) throw malformed('The OAUTHBEARER message')
  return authorization
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined
}

/** `=2C` stands for a comma and `=3D` for an equals sign; nothing else may follow an equals sign. */
function unescapeName(name: string): string {
  if (/=(?!2C|3D)/.test(name)) throw malformed('The user name')
  return name.replaceAll('=2C', ',').replaceAll('=3D', '=')
}

function malformed(what: string): KaasError {
  return new KaasError('frame-corrupt', {
    message: `${what} cannot be read.`,
    help: 'Check the SASL mechanism and the version of the client library.',
  })
}
