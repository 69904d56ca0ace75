// SPDX-License-Identifier: Apache-2.0
/** The routes of sessions: who am I, which are open, end one, sign out; and the end of somebody who left. */
import { KaasError } from '@kaas/errors'
import { FIXED_ROUTES, type SessionSummary } from '@kaas/http-contract'
import type { SessionRecord } from '@kaas/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { renderCookie } from '../sign-in/cookies.ts'
import { endSession, listSessions } from '../sign-in/end-session.ts'
import { forgetPerson } from '../sign-in/forget-person.ts'
import { addRoute } from './add-route.ts'
import type { Principal } from './principal.ts'
import { sessionSecretOf } from './recognise-callers.ts'
import { type PeopleRouteParts, renderSession } from './session-answer.ts'
import { cookieScope } from './sign-in-routes.ts'

/** Adds them. */
export function addSessionRoutes(server: FastifyInstance, parts: PeopleRouteParts): void {
  const { signIn, rights } = parts
  addRoute(server, FIXED_ROUTES.session, async ({ request }) => {
    const principal = principalOf(request)
    const isSession = principal.sessionId !== undefined
    return await renderSession(parts, principal, isSession ? sessionSecretOf(request, signIn) : undefined)
  })
  addRoute(server, FIXED_ROUTES.listSessions, async ({ query, request }) => {
    const principal = principalOf(request)
    const person = typeof query.person === 'string' ? query.person : undefined
    const sessions = await listSessions(signIn, rights, principal, person)
    return { items: sessions.map((session) => summaryOf(session, principal)) }
  })
  addRoute(server, FIXED_ROUTES.endSession, async ({ params, request, actor }) => {
    await endSession(signIn, rights, principalOf(request), actor, params.id ?? '')
    return {}
  })
  addRoute(server, FIXED_ROUTES.signOut, async ({ request, reply, actor }) => {
    const principal = principalOf(request)
    if (principal.sessionId !== undefined) await endSession(signIn, rights, principal, actor, principal.sessionId)
    reply.header('set-cookie', renderCookie('kaas_session', '', cookieScope(signIn), 0))
    return {}
  })
  addRoute(server, FIXED_ROUTES.forgetPerson, async ({ params, actor }) => {
    await forgetPerson(signIn.store, actor, params.name ?? '')
    return {}
  })
}

/** The caller of a route that needs one. */
export function principalOf({ principal }: FastifyRequest): Principal {
  if (principal !== undefined) return principal
  throw new KaasError('credentials-missing', { message: 'The request names nobody.', help: 'Sign in, or send a token.' })
}

function summaryOf(session: SessionRecord, principal: Principal): SessionSummary {
  const { id, person, provider, remoteAddress, userAgent, startedAt, lastSeenAt } = session
  const times = { startedAt: startedAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() }
  return { id, person, provider, remoteAddress, userAgent, ...times, current: id === principal.sessionId }
}
