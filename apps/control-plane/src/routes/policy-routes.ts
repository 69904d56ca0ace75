// SPDX-License-Identifier: Apache-2.0
/** The route of policies beside those of the kind. */
import type { ResourceOf } from '@kaas/domain'
import { FIXED_ROUTES } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import type { ServiceParts } from '../services/service-parts.ts'
import { tryPolicy } from '../services/try-policy.ts'
import { addRoute } from './add-route.ts'

/** Adds it. */
export function addPolicyRoutes(server: FastifyInstance, parts: ServiceParts): void {
  addRoute(server, FIXED_ROUTES.tryPolicy, async ({ body }) => {
    const { policy, document } = body as { readonly policy: ResourceOf<'Policy'>; readonly document?: unknown }
    return await tryPolicy(parts, policy, document)
  })
}
