// SPDX-License-Identifier: Apache-2.0
/**
 * Tokens of the API. A personal one acts as its owner, at most with what the role gives within the scope; a machine's acts for
 * itself and lives on when its maker leaves. Nobody can make a token that may more than she may.
 */
import { durationText, rightScopeSchema } from '@kaas/domain'
import { z } from 'zod'
import type { CheckedCall } from '../call-api.ts'
import type { Route } from '../route.ts'

/** A token without its secret. */
export const tokenSummarySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['personal', 'machine']),
    owner: z.string().describe('The person who made it'),
    role: z.string(),
    scope: rightScopeSchema,
    createdAt: z.string(),
    expiresAt: z.string(),
    lastUsedAt: z.string().optional(),
    lastUsedFrom: z.string().optional().describe('Address'),
  })
  .meta({ id: 'Token' })
export type TokenSummary = Readonly<z.infer<typeof tokenSummarySchema>>

/** The body that asks for one. */
export const newTokenSchema = z.strictObject({
  name: z.string().min(1).max(100),
  kind: z.enum(['personal', 'machine']),
  role: z.string(),
  scope: rightScopeSchema,
  expiresIn: durationText.describe('From 1h to 365d'),
})
export type NewToken = z.infer<typeof newTokenSchema>

const issued = z.object({ token: tokenSummarySchema, secret: z.string().describe('Shown this once') })
const list = z.object({ items: z.array(tokenSummarySchema) })

/** The routes of tokens. */
export const TOKEN_ROUTES = {
  listTokens: {
    id: 'listTokens',
    method: 'GET',
    path: '/v1/tokens',
    summary: 'Your tokens; with all=true all that you may see (read on Token).',
    access: 'signed-in',
    query: z.strictObject({ all: z.enum(['true', 'false']).optional() }),
    answers: { 200: list },
  },
  createToken: {
    id: 'createToken',
    method: 'POST',
    path: '/v1/tokens',
    summary: 'Makes a token. Its secret is shown this once.',
    access: 'signed-in',
    body: newTokenSchema,
    answers: { 201: issued },
  },
  endToken: {
    id: 'endToken',
    method: 'DELETE',
    path: '/v1/tokens/{id}',
    summary: 'Ends a token at once.',
    access: 'signed-in',
    params: z.object({ id: z.string() }),
    answers: { 200: z.object({}) },
  },
} as const satisfies Record<string, Route>

/** Calls of tokens. */
export interface TokenCalls {
  listTokens(all?: boolean): Promise<readonly TokenSummary[]>
  createToken(token: NewToken): Promise<{ readonly token: TokenSummary; readonly secret: string }>
  endToken(id: string): Promise<unknown>
}

/** Binds the calls of tokens. */
export function tokenCalls(call: CheckedCall): TokenCalls {
  return {
    listTokens: async (all) => (await call(list, { path: '/v1/tokens', query: { all } })).items,
    createToken: (body) => call(issued, { method: 'POST', path: '/v1/tokens', body }),
    endToken: (id) => call(z.object({}), { method: 'DELETE', path: `/v1/tokens/${encodeURIComponent(id)}` }),
  }
}
