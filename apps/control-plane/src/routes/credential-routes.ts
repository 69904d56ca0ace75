// SPDX-License-Identifier: Apache-2.0
/** The routes of users' passwords. Answers with a password are marked not to be kept by anything on the way. */
import { FIXED_ROUTES } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import { endCredential } from '../services/end-credential.ts'
import { listCredentials } from '../services/list-credentials.ts'
import { rotateCredentials } from '../services/rotate-credentials.ts'
import type { ServiceParts } from '../services/service-parts.ts'
import { addRoute, type Checked } from './add-route.ts'

/** Adds rotate, list and end. */
export function addCredentialRoutes(server: FastifyInstance, parts: ServiceParts): void {
  addRoute(server, FIXED_ROUTES.rotateCredentials, async ({ params, query, actor, reply }) => {
    reply.code(201)
    return await rotateCredentials(parts, userIn(params), { actor, endOthers: query.endOthers === true })
  })
  addRoute(server, FIXED_ROUTES.listCredentials, async ({ params }) => ({
    items: await listCredentials(parts, userIn(params)),
  }))
  addRoute(server, FIXED_ROUTES.endCredential, async ({ params, actor }) => ({
    items: await endCredential(parts, userIn(params), params.id ?? '', actor),
  }))
}

function userIn({ tenant = '', name = '' }: Checked['params']) {
  return { kind: 'User', tenant, name } as const
}
