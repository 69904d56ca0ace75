// SPDX-License-Identifier: Apache-2.0
/**
 * OAUTHBEARER through the gateway (RFC 7628, KIP-255): the gateway verifies the client's token, maps it to a user, and logs in at the
 * broker as that user with a delegation token. What is wrong with a token is logged and not told.
 */
import { tenantOf } from '@kaas/domain'
import type { BearerTokens } from '../bearer-tokens.ts'
import { parseBearer } from './first-message.ts'
import { isExternalUser, type Login, type LoginSupport, refuseEvenly } from './log-in.ts'
import { logInByToken, TOKEN_MECHANISM } from './token-login.ts'

const NO_TOKEN = Buffer.alloc(0)

/** A log-in by bearer token of one client. */
export function bearerLogin(tokens: BearerTokens, support: LoginSupport): Login {
  let claimed: string | undefined
  return {
    claimed: () => claimed,
    next: async (token) => {
      const startedAtMs = Date.now()
      const bearer = await tokens.verify(parseBearer(token))
      claimed = bearer?.user
      const user = bearer?.user ?? ''
      const tenant = support.tenantNamed(tenantOf(user) ?? '')
      const isKnown = tenant !== undefined && isExternalUser(tenant, user, 'bearer')
      const isSame = support.before === undefined || support.before.user === user
      if (bearer === undefined || tenant === undefined || !isKnown || !isSame) return refuseEvenly(startedAtMs)
      const brokerLifetimeMs = await logInByToken(support, tenant, user)
      const leftMs = BigInt(Math.max(1, bearer.expiresAtMs - Date.now()))
      const lifetimeMs = brokerLifetimeMs > 0n && brokerLifetimeMs < leftMs ? brokerLifetimeMs : leftMs
      const proof = { kind: 'bearer', endsAtMs: bearer.expiresAtMs } as const
      const identity = { user, tenant, brokerMechanism: TOKEN_MECHANISM, proof } as const
      return { kind: 'success', token: NO_TOKEN, lifetimeMs, identity }
    },
  }
}
