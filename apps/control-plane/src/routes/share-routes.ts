// SPDX-License-Identifier: Apache-2.0
/** The route of shares beside those of the kind. */
import { FIXED_ROUTES } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import { listReceivedShares } from '../services/list-received-shares.ts'
import type { ServiceParts } from '../services/service-parts.ts'
import { addRoute } from './add-route.ts'

/** Adds it. */
export function addShareRoutes(server: FastifyInstance, parts: ServiceParts): void {
  addRoute(server, FIXED_ROUTES.receivedShares, async ({ params: { tenant = '' } }) => ({
    items: await listReceivedShares(parts, tenant),
  }))
}
