// SPDX-License-Identifier: Apache-2.0
/** The routes of a tenant's life beside its document: the plan of a change, how to connect, the end of kept data. */
import { FIXED_ROUTES } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import { planPermit } from '../rights/permit.ts'
import { loadConnection } from '../services/load-connection.ts'
import { loadKubeconfig } from '../services/load-kubeconfig.ts'
import { planChange } from '../services/plan-change.ts'
import { purgeTenant } from '../services/purge-tenant.ts'
import type { ServiceParts } from '../services/service-parts.ts'
import { addRoute } from './add-route.ts'

/** Adds plan change, connection, kubeconfig and purge. */
export function addDedicatedRoutes(server: FastifyInstance, parts: ServiceParts): void {
  addRoute(server, FIXED_ROUTES.planChange, async ({ body, caller }) =>
    planChange(parts, (body as { readonly document: unknown }).document, planPermit(caller)),
  )
  addRoute(server, FIXED_ROUTES.connection, async ({ params: { tenant = '', name = '' }, actor }) =>
    loadConnection(parts, { kind: 'User', tenant, name }, actor),
  )
  addRoute(server, FIXED_ROUTES.kubeconfig, async ({ params: { tenant = '' } }) => loadKubeconfig(parts, tenant))
  addRoute(server, FIXED_ROUTES.purgeTenant, async ({ params: { tenant = '' }, body, actor }) =>
    purgeTenant(parts, tenant, { ...(body as { readonly confirm: string }), actor }),
  )
}
