// SPDX-License-Identifier: Apache-2.0
/** The route of usage over time. */
import { FIXED_ROUTES } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import { loadUsage, type UsageParts, type UsageQuestion } from '../series/load-usage.ts'
import { addRoute } from './add-route.ts'

/** Adds the series of tenants, topics and groups. */
export function addSeriesRoute(server: FastifyInstance, parts: UsageParts): void {
  addRoute(server, FIXED_ROUTES.series, ({ params: { tenant = '' }, query }) =>
    loadUsage(parts, tenant, query as unknown as UsageQuestion),
  )
}
