// SPDX-License-Identifier: Apache-2.0
/**
 * Bearer tokens (RFC 6750) of the bootstrap administrator and of the gateways, which come from files. They are compared by their
 * hashes in constant time, so neither length nor content shows in how long a refusal takes. Sessions and tokens of people are
 * recognised in `sign-in/recognise.ts`.
 */
import { timingSafeEqual } from 'node:crypto'
import { KaasError } from '@kaas/errors'
import type { Access } from '@kaas/http-contract'
import { hashOf } from '../sign-in/secrets.ts'
import type { Principal } from './principal.ts'

const BOOTSTRAP: Principal = {
  kind: 'bootstrap',
  name: 'administrator',
  groups: [],
  provider: 'bootstrap',
  rule: 'bootstrap-administrator',
}
const GATEWAY: Principal = { kind: 'gateway', name: 'gateway', groups: [], provider: 'gateway', rule: 'gateway-token' }
const API_SERVER: Principal = {
  kind: 'api-server',
  name: 'api-server',
  groups: [],
  provider: 'api-server',
  rule: 'api-server-token',
}

/** The tokens that are known. */
export interface Tokens {
  readonly administrator: string
  readonly gateway: string
  /** Absent, no API server of Kubernetes may bring its audit log. */
  readonly apiServer?: string | undefined
}

/** The principal of a token of a file; undefined for every other text. */
export type Authenticate = (token: string) => Principal | undefined

/** Knows the tokens of the files. */
export function authenticator(tokens: Tokens): Authenticate {
  const known: readonly { readonly principal: Principal; readonly hash: Buffer }[] = [
    { principal: BOOTSTRAP, hash: hashOf(tokens.administrator) },
    { principal: GATEWAY, hash: hashOf(tokens.gateway) },
    ...(tokens.apiServer === undefined ? [] : [{ principal: API_SERVER, hash: hashOf(tokens.apiServer) }]),
  ]
  return (token) => {
    const hash = hashOf(token)
    // All are compared, found or not.
    return known.filter((each) => timingSafeEqual(each.hash, hash))[0]?.principal
  }
}

/** The token of an `Authorization` header. Throws `credentials-missing` for every other header. */
export function bearerOf(header: string | undefined): string {
  const token = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1]
  if (token !== undefined) return token
  throw new KaasError('credentials-missing', {
    message: 'The request has neither a bearer token nor a session.',
    help: 'Sign in, or send "Authorization: Bearer …" with a token ("kaas login" gets one; local mode has one in .kaas/token).',
  })
}

/** Their tokens are for their own routes, and those routes for nobody else. */
const PROGRAMS = ['gateway', 'api-server'] as const

/** Throws `not-allowed` unless the principal may use a route with this access. */
export function authorise(principal: Principal, access: Access | 'administrator'): void {
  if (principal.kind === 'bootstrap' || access === 'anyone') return
  if (access !== 'administrator' && PROGRAMS.every((each) => (access === each) === (principal.kind === each))) return
  throw new KaasError('not-allowed', {
    message: `The ${principal.name} may not do this.`,
    help: 'Use the administrator’s token. Tokens of gateways and of API servers are for their own routes and nothing else.',
  })
}
