// SPDX-License-Identifier: Apache-2.0
/** The routes of what a user may do, and of the test of her connection. */
import { type AccessQuestion, FIXED_ROUTES } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import type { ConnectionTestParts } from '../kafka-views/access/connection-ways.ts'
import { checkAccess, loadAccess } from '../kafka-views/access/load-access.ts'
import { testConnection } from '../kafka-views/access/test-connection.ts'
import type { KafkaViews } from '../kafka-views/kafka-views.ts'
import { addRoute } from './add-route.ts'

/** Adds access, its question, and the connection test. */
export function addAccessRoutes(server: FastifyInstance, parts: ConnectionTestParts, views: KafkaViews): void {
  addRoute(server, FIXED_ROUTES.userAccess, ({ params: { tenant = '', name = '' } }) =>
    loadAccess(views, parts.store, tenant, name),
  )
  addRoute(server, FIXED_ROUTES.checkAccess, ({ params: { tenant = '', name = '' }, body }) =>
    checkAccess(views, parts.store, { tenant, name, question: body as AccessQuestion }),
  )
  addRoute(server, FIXED_ROUTES.testConnection, ({ params: { tenant = '', name = '' }, body, actor }) =>
    testConnection(parts, { tenant, name, actor, ...(body as { readonly topic?: string }) }),
  )
}
