// SPDX-License-Identifier: Apache-2.0
/** The routes by which the command line borrows a browser to sign in. */
import { type DeviceStart, type DeviceToken, FIXED_ROUTES } from '@kaas/http-contract'
import type { ApiToken } from '@kaas/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { auditOf } from '../services/actor.ts'
import { answerDevice, finishDevice, startDevice } from '../sign-in/device-sign-in.ts'
import { tokenPrincipal } from '../sign-in/recognise.ts'
import { actorOf, addRoute } from './add-route.ts'
import type { PeopleRouteParts } from './session-answer.ts'
import { principalOf } from './session-routes.ts'

/** Adds start, confirm and token. */
export function addDeviceRoutes(server: FastifyInstance, parts: PeopleRouteParts): void {
  const { signIn } = parts
  addRoute(server, FIXED_ROUTES.startDeviceSignIn, async ({ request }): Promise<DeviceStart> => {
    const started = await startDevice(signIn, request.ip)
    return { ...started, verificationPath: `/device?code=${started.userCode}` }
  })
  addRoute(server, FIXED_ROUTES.confirmDeviceSignIn, async ({ body, request, actor }) => {
    const answer = body as { userCode: string; approve: boolean }
    await answerDevice(signIn, principalOf(request), answer)
    const action = answer.approve ? 'confirm-device-sign-in' : 'refuse-device-sign-in'
    await signIn.store.saveAudit(auditOf(actor, action, '/v1/device-sign-in'))
    return {}
  })
  addRoute(server, FIXED_ROUTES.finishDeviceSignIn, async ({ body, request }): Promise<DeviceToken> => {
    const result = await finishDevice(signIn, (body as { deviceCode: string }).deviceCode)
    if (!('token' in result)) return { state: result.state }
    const { token, secret } = result
    await record(parts, request, token)
    return { state: 'granted', secret, person: token.owner, expiresAt: token.expiresAt.toISOString() }
  })
}

/** Whoever fetches the token acts by it from now on. */
async function record({ signIn }: PeopleRouteParts, request: FastifyRequest, token: ApiToken): Promise<void> {
  request.principal = await tokenPrincipal(signIn, token)
  const { id, name, kind, role, scope, expiresAt } = token
  const after = { name, kind, role, scope, expiresAt: expiresAt.toISOString() }
  await signIn.store.saveAudit({ ...auditOf(actorOf(request), 'create-token', `/v1/tokens/${id}`), after })
}
