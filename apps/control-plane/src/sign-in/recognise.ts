// SPDX-License-Identifier: Apache-2.0
/**
 * Who asks: the administrator's and the gateways' tokens of files, tokens of the API, sessions by cookie. A bearer token wins over a
 * cookie, because only a program sends one on purpose. Nothing is remembered between requests: what was ended is ended at once, on
 * every control plane.
 */
import { KaasError } from '@kaas/errors'
import type { ApiToken, PersonRecord, SessionRecord } from '@kaas/store'
import type { Principal } from '../routes/principal.ts'
import { parseToken } from './api-token.ts'
import { BOOTSTRAP_NAME } from './bootstrap-password.ts'
import { hashOf, isSameHash } from './secrets.ts'
import type { SignInParts } from './sign-in-parts.ts'

/** The session behind a cookie. Throws `credentials-wrong` when it has ended. */
export async function principalOfSession(parts: SignInParts, secret: string): Promise<Principal> {
  const session = await parts.store.resumeSession(hashOf(secret), parts.config.sessionIdle)
  const principal = session && (await sessionPrincipal(parts, session))
  if (principal !== undefined) return principal
  throw new KaasError('credentials-wrong', { message: 'Your session has ended.', help: 'Sign in again.' })
}

/** Whom an open session stands for now; undefined when her way in was closed meanwhile. */
export async function sessionPrincipal(parts: SignInParts, session: SessionRecord): Promise<Principal | undefined> {
  const { person: name, provider, id: sessionId } = session
  if (provider === 'bootstrap') {
    if (parts.checkBootstrap === undefined) return undefined
    return { kind: 'bootstrap', name, groups: [], provider, sessionId, rule: 'bootstrap-administrator' }
  }
  const person = await personOf(parts, name, provider)
  return person && { kind: 'person', name, groups: person.groups, provider, sessionId, rule: 'session' }
}

/** Whom a token of the API stands for; undefined for a text that is none. Throws `credentials-wrong`. */
export async function principalOfToken(
  parts: SignInParts,
  text: string,
  remoteAddress: string,
): Promise<Principal | undefined> {
  const asked = parseToken(text)
  if (asked === undefined) return undefined
  const token = await parts.store.loadToken(asked.id)
  if (token === undefined || !isSameHash(token.secretHash, hashOf(asked.secret))) {
    throw tokenError(
      'The token is not valid, or not any more.',
      'Make a new one in the console, or sign in with "kaas login".',
    )
  }
  const principal = await tokenPrincipal(parts, token)
  await parts.store.touchToken(token.id, remoteAddress)
  return principal
}

/** Whom a valid token stands for now. Throws `credentials-wrong` when its owner's way in was closed. */
export async function tokenPrincipal(parts: SignInParts, token: ApiToken): Promise<Principal> {
  const { id, kind, owner, ownerProvider, role, scope } = token
  const about = { id, kind, owner, limit: { role, scope } } as const
  if (kind === 'machine') {
    return { kind: 'token', name: `token:${id}`, groups: [], provider: 'token', token: about, rule: 'machine-token' }
  }
  const personal = { kind: 'token', name: owner, provider: ownerProvider, token: about, rule: 'personal-token' } as const
  if (ownerProvider === 'bootstrap') {
    if (owner === BOOTSTRAP_NAME && parts.checkBootstrap !== undefined) return { ...personal, groups: [] }
    throw tokenError('The bootstrap administrator, who made the token, is turned off.', 'Make a token as another person.')
  }
  const person = await personOf(parts, owner, ownerProvider)
  if (person === undefined) {
    throw tokenError(`${owner}, who made the token, cannot sign in any more.`, 'Make a token as another person.')
  }
  refuseRestingOwner(parts, person)
  return { ...personal, groups: person.groups }
}

/** A person of a provider that is still there. */
async function personOf(parts: SignInParts, name: string, provider: string): Promise<PersonRecord | undefined> {
  if (!parts.providers.has(provider)) return undefined
  const person = await parts.store.loadPerson(name)
  return person?.provider === provider ? person : undefined
}

/** Groups are as of the last sign-in, so that somebody who left must not act by hers for ever. */
function refuseRestingOwner({ config }: SignInParts, { name, lastSignInAt }: PersonRecord): void {
  if (Date.now() - lastSignInAt.getTime() <= config.tokenOwnerSeenWithin) return
  throw tokenError(
    `${name} has not signed in since ${lastSignInAt.toISOString().slice(0, 10)}, so her tokens rest.`,
    'Sign in to the console once; the tokens go on then. For programs make a token of a machine.',
  )
}

function tokenError(message: string, help: string): KaasError {
  return new KaasError('credentials-wrong', { message, help })
}
