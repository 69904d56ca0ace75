// SPDX-License-Identifier: Apache-2.0
/** Which tokens somebody may see or end: her own, and those within her rights on Token. */
import { decidingGrant, type Grant, type Verb } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { ApiToken } from '@kaas/store'
import type { Rights } from '../rights/rights.ts'
import type { Principal } from '../routes/principal.ts'
import { type Actor, auditOf } from '../services/actor.ts'
import type { SignInParts } from './sign-in-parts.ts'
import { placeOf } from './token-place.ts'

/** Her own, or all that she may read, the newest first. */
export async function listTokens(
  { store }: SignInParts,
  rights: Rights,
  principal: Principal,
  all: boolean,
): Promise<readonly ApiToken[]> {
  if (!all) return await store.listTokens({ owner: principal.name })
  const tokens = await store.listTokens({})
  const seen = await Promise.all(
    tokens.map(async (token) => isOwn(token, principal) || (await grantFor(rights, principal, 'read', token)) !== undefined),
  )
  return tokens.filter((_, index) => seen[index])
}

/** Ends one at once. Throws `resource-absent` for one that she may not see either, `not-allowed`. */
export async function endToken(
  { store }: SignInParts,
  rights: Rights,
  principal: Principal,
  actor: Actor,
  id: string,
): Promise<void> {
  const token = await store.loadToken(id)
  const may = token && (isOwn(token, principal) ? 'own' : await grantFor(rights, principal, 'delete', token))
  if (token === undefined || may === undefined) throw await refusal(rights, principal, token, id)
  const by = may === 'own' ? actor : { ...actor, role: may.role, binding: may.binding }
  await store.transaction(async (session) => {
    await session.endToken(id)
    const before = { name: token.name, kind: token.kind, owner: token.owner, role: token.role, scope: token.scope }
    await session.saveAudit({ ...auditOf(by, 'end-token', `/v1/tokens/${id}`), before })
  })
}

/** A token that is used by itself may end itself, as `kaas logout` does. */
function isOwn({ id, owner }: ApiToken, principal: Principal): boolean {
  return owner === principal.name || principal.token?.id === id
}

async function grantFor(rights: Rights, principal: Principal, verb: Verb, { scope }: ApiToken): Promise<Grant | undefined> {
  const tenant = scope !== 'platform' && 'tenant' in scope ? scope.tenant : undefined
  const { caller, team } = await rights.callerIn(principal, tenant)
  return decidingGrant(caller.grants, { verb, kind: 'Token', ...placeOf(scope, team) })
}

async function refusal(rights: Rights, principal: Principal, token: ApiToken | undefined, id: string): Promise<KaasError> {
  if (token !== undefined && (await grantFor(rights, principal, 'read', token)) !== undefined) {
    return new KaasError('not-allowed', {
      message: `You may see the token "${id}", but not end it.`,
      help: `Ask ${token.owner}, who made it, or an administrator.`,
    })
  }
  return new KaasError('resource-absent', {
    message: `There is no token "${id}".`,
    help: 'It may have ended already; the console lists those that are valid.',
  })
}
