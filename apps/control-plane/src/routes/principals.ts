// SPDX-License-Identifier: Apache-2.0
/**
 * Who calls: bearer tokens (RFC 6750) of the bootstrap administrator and of the gateways. Tokens are compared by their hashes in
 * constant time, so neither length nor content shows in how long a refusal takes.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { KaasError } from '@kaas/errors'
import type { Access } from '@kaas/http-contract'
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

/** Finds the principal of an `Authorization` header. */
export type Authenticate = (header: string | undefined) => Principal

/** Throws `credentials-missing` without a bearer token and `credentials-wrong` for an unknown one. */
export function authenticator(tokens: Tokens): Authenticate {
  const known: readonly { readonly principal: Principal; readonly hash: Buffer }[] = [
    { principal: BOOTSTRAP, hash: hashOf(tokens.administrator) },
    { principal: GATEWAY, hash: hashOf(tokens.gateway) },
  ]
  return (header) => {
    const token = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1]
    if (token === undefined) {
      throw new KaasError('credentials-missing', {
        message: 'The request has no bearer token.',
        help: 'Send "Authorization: Bearer …" with the token from the file named by KAAS_TOKEN_FILE (.kaas/token).',
      })
    }
    const hash = hashOf(token)
    // All are compared, found or not.
    const matching = known.filter((each) => timingSafeEqual(each.hash, hash))
    if (matching[0] !== undefined) return matching[0].principal
    throw new KaasError('credentials-wrong', {
      message: 'The bearer token is not known.',
      help: 'Take the token from the file that the control plane was started with (.kaas/token).',
    })
  }
}

/** Throws `not-allowed` unless the principal may use a route with this access. */
export function authorise(principal: Principal, access: Access): void {
  if (principal.kind === 'bootstrap' || access === 'anyone') return
  if (access === 'gateway' ? principal.kind === 'gateway' : access === 'signed-in' && principal.kind !== 'gateway') return
  throw new KaasError('not-allowed', {
    message: `The ${principal.name} may not do this.`,
    help: 'Use the administrator’s token. The gateway’s token reads the gateway snapshot and nothing else.',
  })
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
