// SPDX-License-Identifier: Apache-2.0
/** The routes of tokens of the API. */
import { FIXED_ROUTES, type NewToken, type TokenSummary } from '@kaas/http-contract'
import type { ApiToken } from '@kaas/store'
import type { FastifyInstance } from 'fastify'
import { createToken } from '../sign-in/create-token.ts'
import { endToken, listTokens } from '../sign-in/visible-tokens.ts'
import { addRoute } from './add-route.ts'
import type { PeopleRouteParts } from './session-answer.ts'
import { principalOf } from './session-routes.ts'

/** Adds list, create and end. */
export function addTokenRoutes(server: FastifyInstance, { signIn, rights }: PeopleRouteParts): void {
  addRoute(server, FIXED_ROUTES.listTokens, async ({ query, request }) => {
    const tokens = await listTokens(signIn, rights, principalOf(request), query.all === 'true')
    return { items: tokens.map(summaryOf) }
  })
  addRoute(server, FIXED_ROUTES.createToken, async ({ body, request, actor, reply }) => {
    const { token, secret } = await createToken(signIn, rights, principalOf(request), actor, body as NewToken)
    reply.code(201)
    return { token: summaryOf(token), secret }
  })
  addRoute(server, FIXED_ROUTES.endToken, async ({ params, request, actor }) => {
    await endToken(signIn, rights, principalOf(request), actor, params.id ?? '')
    return {}
  })
}

function summaryOf(token: ApiToken): TokenSummary {
  const { ownerProvider: _, createdAt, expiresAt, lastUsedAt, ...rest } = token
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt: lastUsedAt.toISOString() }),
  }
}
