// SPDX-License-Identifier: Apache-2.0
/** The routes by which people come in. Those that a browser opens by a link answer with redirects, also when something went wrong. */
import { asKaasError, type KaasError } from '@kaas/errors'
import { FIXED_ROUTES, type SignInOptions } from '@kaas/http-contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readCookie, renderCookie } from '../sign-in/cookies.ts'
import { publicOrigin } from '../sign-in/public-address.ts'
import { sessionPrincipal } from '../sign-in/recognise.ts'
import { returnPathOf } from '../sign-in/return-path.ts'
import { beginSession, type Client } from '../sign-in/sessions.ts'
import { type Browser, beginAtProvider, finishAtProvider, SIGN_IN_LIFE_MS } from '../sign-in/sign-in-at-provider.ts'
import { signInByPassword } from '../sign-in/sign-in-by-password.ts'
import type { SignInParts } from '../sign-in/sign-in-parts.ts'
import { addRoute } from './add-route.ts'
import type { Principal } from './principal.ts'
import { sessionSecretOf } from './recognise-callers.ts'
import { type PeopleRouteParts, recordSignIn, renderSession } from './session-answer.ts'

/** Adds options, password, and the way to an identity provider and back. */
export function addSignInRoutes(server: FastifyInstance, parts: PeopleRouteParts): void {
  const { signIn } = parts
  addRoute(server, FIXED_ROUTES.signInOptions, () => optionsOf(signIn))
  addRoute(server, FIXED_ROUTES.signInByPassword, async ({ body, request, reply }) => {
    const who = await signInByPassword(signIn, body as { name: string; password: string }, request.ip)
    const { principal, secret } = await begin(parts, who, request, reply)
    return await renderSession(parts, principal, secret)
  })
  addRoute(server, FIXED_ROUTES.signInAtProvider, async ({ params, query, request, reply }) => {
    const returnTo = typeof query.returnTo === 'string' ? query.returnTo : undefined
    const id = params.provider ?? ''
    const leave = async () => {
      const { url, tie } = await beginAtProvider(signIn, id, browserOf(request, signIn), returnTo)
      reply.header('set-cookie', renderCookie('kaas_sign_in', tie, cookieScope(signIn), SIGN_IN_LIFE_MS))
      return url
    }
    return await redirect(parts, request, reply, leave, returnTo)
  })
  addRoute(server, FIXED_ROUTES.signInCallback, async ({ params, request, reply }) => {
    const search = new URLSearchParams(request.url.split('?')[1] ?? '')
    const arrive = async () => {
      const ended = await finishAtProvider(signIn, params.provider ?? '', browserOf(request, signIn), search)
      const { person, renamedFrom, returnTo } = ended
      await begin(parts, { person: person.name, provider: person.provider }, request, reply, renamedFrom)
      return returnTo
    }
    return await redirect(parts, request, reply, arrive, undefined)
  })
}

function optionsOf({ providers, checkBootstrap }: SignInParts): SignInOptions {
  return {
    providers: [...providers.values()].map(({ config: { id, name } }) => ({ id, name })),
    password: checkBootstrap !== undefined,
  }
}

/** Begins the session, sets its cookie, and records it. */
async function begin(
  parts: PeopleRouteParts,
  who: { readonly person: string; readonly provider: string },
  request: FastifyRequest,
  reply: FastifyReply,
  renamedFrom?: string,
): Promise<{ readonly principal: Principal; readonly secret: string }> {
  const { signIn } = parts
  const { secret, record } = await beginSession(signIn, who, clientOf(request), sessionSecretOf(request, signIn))
  const principal = await sessionPrincipal(signIn, record)
  if (principal === undefined) throw new Error(`the session of ${who.person} is not recognised right after its beginning`)
  request.principal = principal
  await recordSignIn(parts, principal, request, renamedFrom)
  reply.header('set-cookie', renderCookie('kaas_session', secret, cookieScope(signIn)))
  return { principal, secret }
}

/** Where `way` leads, or to the sign-in page with the code of what went wrong: never a text that a link could have brought. */
async function redirect(
  parts: PeopleRouteParts,
  request: FastifyRequest,
  reply: FastifyReply,
  way: () => Promise<string>,
  returnTo: string | undefined,
): Promise<FastifyReply> {
  const target = await way().catch((thrown: unknown) => {
    const error = asKaasError(thrown)
    parts.recordFailure(request, error)
    return signInPage(error, returnTo)
  })
  return reply.redirect(target, 302)
}

function signInPage(error: KaasError, returnTo: string | undefined): string {
  return `/sign-in?${new URLSearchParams({ problem: error.code, returnTo: returnPathOf(returnTo) })}`
}

function browserOf(request: FastifyRequest, signIn: SignInParts): Browser {
  return {
    origin: publicOrigin(signIn.publicUrl, request.headers.host),
    tie: readCookie(request.headers.cookie, 'kaas_sign_in', cookieScope(signIn)),
    remoteAddress: request.ip,
  }
}

function clientOf({ ip, headers }: FastifyRequest): Client {
  return { remoteAddress: ip, userAgent: headers['user-agent'] ?? '' }
}

/** Whether cookies are Secure. */
export function cookieScope({ publicUrl }: SignInParts): { readonly secure: boolean } {
  return { secure: publicUrl?.protocol === 'https:' }
}
