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

/** The tokens that are known. */
export interface Tokens {
  readonly administrator: string
  readonly gateway: string
}

/** The principal of a token of a file; undefined for every other text. */
export type Authenticate = (token: string) => Principal | undefined

/** Knows the tokens of the files. */
export function authenticator(tokens: Tokens): Authenticate {
  const known: readonly { readonly principal: Principal; readonly hash: Buffer }[] = [
    { principal: BOOTSTRAP, hash: hashOf(tokens.administrator) },
    { principal: GATEWAY, hash: hashOf(tokens.gateway) },
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

/** Throws `not-allowed` unless the principal may use a route with this access. */
export function authorise(principal: Principal, access: Access | 'administrator'): void {
  if (principal.kind === 'bootstrap' || access === 'anyone') return
  if (access !== 'administrator' && (access === 'gateway') === (principal.kind === 'gateway')) return
  throw new KaasError('not-allowed', {
    message: `The ${principal.name} may not do this.`,
    help: 'Use the administrator’s token. The gateway’s token reads the gateway snapshot and nothing else.',
  })
}
