// SPDX-License-Identifier: Apache-2.0
/** The routes of operators: clusters, and the health of the platform's parts. */
import { FIXED_ROUTES } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import type { ClusterViews } from '../kafka-views/platform/cluster-views.ts'
import type { HealthSource } from '../kafka-views/platform/health-source.ts'
import { platformHealth } from '../kafka-views/platform/platform-health.ts'
import { addRoute } from './add-route.ts'

/** Adds both. `sources` may grow later. */
export function addPlatformRoutes(
  server: FastifyInstance,
  clusters: ClusterViews,
  sources: readonly HealthSource[],
  version: string,
): void {
  addRoute(server, FIXED_ROUTES.clusterViews, () => clusters.list())
  addRoute(server, FIXED_ROUTES.platformHealth, () => platformHealth(sources, version))
}
