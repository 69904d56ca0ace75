// SPDX-License-Identifier: Apache-2.0
/** Makes a token. Nobody can make one that may more than she may, and no token makes tokens: a lost one would live for ever. */
import { decidingGrant, firstMissing, type Grant, grantOf, parseDuration } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { NewToken } from '@kaas/http-contract'
import type { ApiToken } from '@kaas/store'
import type { Rights } from '../rights/rights.ts'
import type { Principal } from '../routes/principal.ts'
import { type Actor, auditOf } from '../services/actor.ts'
import { newToken, renderToken } from './api-token.ts'
import { hashOf } from './secrets.ts'
import type { SignInParts } from './sign-in-parts.ts'
import { placeOf } from './token-place.ts'

const SHORTEST_MS = 3_600_000
const LONGEST_MS = 365 * 86_400_000
const MOST_OF_ONE = 100

/** The token with its secret, which nobody can show again. Throws `not-allowed`, `usage-invalid`, `limit-exceeded`. */
export async function createToken(
  { store }: SignInParts,
  rights: Rights,
  principal: Principal,
  actor: Actor,
  wanted: NewToken,
): Promise<{ readonly token: ApiToken; readonly secret: string }> {
  if (principal.kind === 'token') throw notByToken()
  const lifeMs = lifeIn(wanted)
  const deciding = await allowingGrant(rights, principal, wanted)
  await refuseMany(store, principal.name)
  const { id, secret } = newToken()
  const { name, kind, role, scope } = wanted
  const owner = principal.name
  const token = await store.transaction(async (session) => {
    const ownerProvider = principal.provider
    const secretHash = hashOf(secret)
    const saved = await session.saveToken({ id, secretHash, name, kind, owner, ownerProvider, role, scope, lifeMs })
    const by = deciding === undefined ? actor : { ...actor, role: deciding.role, binding: deciding.binding }
    const after = { name, kind, role, scope, expiresAt: saved.expiresAt.toISOString() }
    await session.saveAudit({ ...auditOf(by, 'create-token', `/v1/tokens/${id}`), after })
    return saved
  })
  return { token, secret: renderToken({ id, secret }) }
}

function lifeIn({ expiresIn }: NewToken): number {
  const lifeMs = parseDuration(expiresIn)
  if (lifeMs >= SHORTEST_MS && lifeMs <= LONGEST_MS) return lifeMs
  throw new KaasError('usage-invalid', {
    message: `A token cannot be valid for ${expiresIn}.`,
    help: 'Choose from 1h to 365d.',
  })
}

/** The grant that allows a machine's token; a personal one needs none, since it is held against its owner's rights each time. */
async function allowingGrant(rights: Rights, principal: Principal, wanted: NewToken): Promise<Grant | undefined> {
  const { kind, role, scope } = wanted
  const tenant = scope !== 'platform' && 'tenant' in scope ? scope.tenant : undefined
  const { caller, team } = await rights.callerIn(principal, tenant)
  const given = grantOf(role, 'token', scope, (await rights.store.loadRights()).roles)
  if (given.rules.length === 0) {
    throw new KaasError('usage-invalid', {
      message: `There is no role "${role}" that gives anything.`,
      help: 'Choose one of the roles that the console lists.',
    })
  }
  if (kind === 'personal') return undefined
  const deciding = decidingGrant(caller.grants, { verb: 'write', kind: 'Token', ...placeOf(scope, team) })
  if (deciding === undefined) throw notAllowed('Tokens of machines are made by those who may write Token there.')
  const missing = firstMissing(caller.grants, given, (name) => (name === tenant ? team : undefined))
  if (missing === undefined) return deciding
  throw notAllowed(`The token would be allowed to ${missing.verb} ${missing.kind} there, and you are not.`)
}

async function refuseMany(store: SignInParts['store'], owner: string): Promise<void> {
  if ((await store.listTokens({ owner })).length < MOST_OF_ONE) return
  throw new KaasError('limit-exceeded', {
    message: `You have ${MOST_OF_ONE} tokens.`,
    help: 'End those that are not used any more.',
  })
}

function notAllowed(message: string): KaasError {
  return new KaasError('not-allowed', { message, help: 'Choose a smaller role or scope, or ask an administrator.' })
}

function notByToken(): KaasError {
  return new KaasError('not-allowed', {
    message: 'A token cannot make tokens.',
    help: 'Make it in the console, where you are signed in yourself.',
  })
}
