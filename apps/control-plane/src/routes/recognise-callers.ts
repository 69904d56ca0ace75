// SPDX-License-Identifier: Apache-2.0
/**
 * Who may come in, before any handler: bearer tokens and sessions become principals; what changes something in a session must come
 * from a page of the console. Deny is the default: a route without a stated access is the bootstrap administrator's, an unknown path
 * needs a caller like a known one.
 */
import { timingSafeEqual } from 'node:crypto'
import { KaasError } from '@kaas/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readCookie } from '../sign-in/cookies.ts'
import { isOwnOrigin, publicOrigin } from '../sign-in/public-address.ts'
import { principalOfSession, principalOfToken } from '../sign-in/recognise.ts'
import { csrfOf } from '../sign-in/sessions.ts'
import type { SignInParts } from '../sign-in/sign-in-parts.ts'
import type { Principal } from './principal.ts'
import { type Authenticate, authorise, bearerOf } from './principals.ts'

const READING: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** Sets `request.principal` for every route that is not for anyone, and refuses who may not use the route. */
export function recogniseCallers(server: FastifyInstance, known: Authenticate, signIn: SignInParts): void {
  server.decorate('signIn', signIn)
  server.decorateRequest('principal', undefined)
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store').header('x-request-id', request.id)
    const access = request.routeOptions.config.access ?? (request.is404 ? 'signed-in' : 'administrator')
    if (access === 'anyone') {
      refuseOtherSites(request, signIn)
      return
    }
    request.principal = await recognise(request, known, signIn)
    authorise(request.principal, access)
  })
}

/** The secret in the cookie of the session, for routes that begin or end one. */
export function sessionSecretOf(request: FastifyRequest, { publicUrl }: SignInParts): string | undefined {
  return readCookie(request.headers.cookie, 'kaas_session', { secure: publicUrl?.protocol === 'https:' })
}

async function recognise(request: FastifyRequest, known: Authenticate, signIn: SignInParts): Promise<Principal> {
  const { authorization } = request.headers
  const secret = authorization === undefined ? sessionSecretOf(request, signIn) : undefined
  if (secret !== undefined) {
    const principal = await principalOfSession(signIn, secret)
    refuseForgery(request, signIn, secret)
    return principal
  }
  const token = bearerOf(authorization)
  const principal = known(token) ?? (await principalOfToken(signIn, token, request.ip))
  if (principal !== undefined) return principal
  throw new KaasError('credentials-wrong', {
    message: 'The bearer token is not known.',
    help: 'Sign in with "kaas login", or take the token from the file that the control plane was started with (.kaas/token).',
  })
}

/** A change in a session needs both: an origin that is ours, and the value that only our pages can read. */
function refuseForgery(request: FastifyRequest, signIn: SignInParts, secret: string): void {
  if (READING.includes(request.method)) return
  refuseOtherSites(request, signIn)
  const sent = Buffer.from(String(request.headers['x-kaas-csrf'] ?? ''))
  const wanted = Buffer.from(csrfOf(secret))
  if (sent.length === wanted.length && timingSafeEqual(sent, wanted)) return
  throw foreign('The request does not carry the value that pages of the console send (x-kaas-csrf).')
}

/** Browsers say where a request comes from. Programs say nothing, and a bearer token needs no such proof. */
function refuseOtherSites(request: FastifyRequest, { publicUrl }: SignInParts): void {
  const { origin, authorization, host } = request.headers
  const site = request.headers['sec-fetch-site']
  if (READING.includes(request.method) || authorization !== undefined) return
  const isForeign = site === 'cross-site' || site === 'same-site'
  if (!isForeign && (origin === undefined || isOwnOrigin(origin, publicOrigin(publicUrl, host)))) return
  throw foreign(`The request comes from ${origin ?? 'another site'}, which is not the console.`)
}

function foreign(message: string): KaasError {
  return new KaasError('origin-refused', { message, help: 'Load the page again. Programs send a bearer token.' })
}
