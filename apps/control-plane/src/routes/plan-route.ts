// SPDX-License-Identifier: Apache-2.0
/** The route that plans without ordering. */
import type { PlanRequest } from '@kaas/domain'
import { FIXED_ROUTES } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import { planOrder } from '../services/plan-order.ts'
import type { ServiceParts } from '../services/service-parts.ts'
import { addRoute } from './add-route.ts'

/** Adds `POST /v1/plan`. */
export function addPlanRoute(server: FastifyInstance, parts: ServiceParts): void {
  addRoute(server, FIXED_ROUTES.plan, async ({ body }) => await planOrder(parts, body as PlanRequest))
}
