// SPDX-License-Identifier: Apache-2.0
/** The routes of rights: why somebody may or may not, who has signed in, which roles come with the product. */
import { SHIPPED_ROLES } from '@kaas/domain'
import { type ExplainRequest, FIXED_ROUTES, type PersonAnswer } from '@kaas/http-contract'
import type { PersonRecord } from '@kaas/store'
import type { FastifyInstance } from 'fastify'
import { explain } from '../rights/explain.ts'
import type { Rights } from '../rights/rights.ts'
import { addRoute } from './add-route.ts'

/** Adds the three routes. */
export function addRightsRoutes(server: FastifyInstance, rights: Rights): void {
  addRoute(server, FIXED_ROUTES.explainRight, ({ body, caller }) => explain(rights, caller, body as ExplainRequest))
  addRoute(server, FIXED_ROUTES.listPeople, async () => ({ items: (await rights.store.listPeople()).map(answerOf) }))
  addRoute(server, FIXED_ROUTES.shippedRoles, () => ({ items: SHIPPED_ROLES }))
}

function answerOf({ name, displayName, email, provider, groups, lastSignInAt }: PersonRecord): PersonAnswer {
  const mail = email === undefined ? {} : { email }
  return { name, displayName, ...mail, provider, groups: [...groups], lastSignInAt: lastSignInAt.toISOString() }
}
