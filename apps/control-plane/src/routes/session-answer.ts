// SPDX-License-Identifier: Apache-2.0
/** What the routes of people share: the answer to "who am I", and what is recorded of coming and going. */
import type { SessionAnswer } from '@kaas/http-contract'
import type { FastifyRequest } from 'fastify'
import { grantsFor } from '../rights/grants-for.ts'
import type { Rights } from '../rights/rights.ts'
import { auditOf } from '../services/actor.ts'
import { csrfOf } from '../sign-in/sessions.ts'
import type { SignInParts } from '../sign-in/sign-in-parts.ts'
import { actorOf } from './add-route.ts'
import type { RecordFailure } from './error-handler.ts'
import type { Principal } from './principal.ts'

/** What the routes of people work with. */
export interface PeopleRouteParts {
  readonly signIn: SignInParts
  readonly rights: Rights
  /** Logs and records what a redirect hides from the error handler. */
  readonly recordFailure: RecordFailure
}

/** Who the principal is, what she may do, until when. `secret` is that of her session's cookie. */
export async function renderSession(
  { signIn, rights }: PeopleRouteParts,
  principal: Principal,
  secret: string | undefined,
): Promise<SessionAnswer> {
  const { name, groups, provider, sessionId } = principal
  const person = await signIn.store.loadPerson(name)
  const session = sessionId === undefined ? undefined : await signIn.store.loadSession(sessionId, signIn.config.sessionIdle)
  const isHers = person !== undefined && person.provider === provider
  return {
    person: {
      name,
      provider,
      groups: [...groups],
      displayName: isHers ? person.displayName : nameOf(principal),
      ...(isHers && person.email !== undefined ? { email: person.email } : {}),
    },
    csrf: secret === undefined ? '' : csrfOf(secret),
    ...(session === undefined ? {} : endsOf(session, signIn.config.sessionIdle)),
    ...(await grantsFor(rights, principal)),
  }
}

/** Records that a session began; `request.principal` is whose by now. */
export async function recordSignIn(
  { signIn: { store } }: PeopleRouteParts,
  principal: Principal,
  request: FastifyRequest,
  renamedFrom: string | undefined,
): Promise<void> {
  const { groups, sessionId, provider } = principal
  const after = { provider, groups, userAgent: request.headers['user-agent'] ?? '', ...(renamedFrom && { renamedFrom }) }
  const rule = principal.kind === 'bootstrap' ? principal.rule : 'identity-provider'
  await store.saveAudit({ ...auditOf({ ...actorOf(request), rule }, 'sign-in', `/v1/sessions/${sessionId}`), after })
}

/** The idle limit counts from now, since the question itself is a use. */
function endsOf({ expiresAt }: { readonly expiresAt: Date }, idleMs: number) {
  const idle = Math.min(Date.now() + idleMs, expiresAt.getTime())
  return { expiresAt: expiresAt.toISOString(), idleExpiresAt: new Date(idle).toISOString() }
}

function nameOf({ kind, name }: Principal): string {
  return kind === 'bootstrap' ? 'Bootstrap administrator' : name
}
