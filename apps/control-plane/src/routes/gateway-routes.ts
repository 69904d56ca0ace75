// SPDX-License-Identifier: Apache-2.0
/** The routes of gateways: their snapshot, whose stream is left to its publisher, their shares of limits, and what they tell for the audit log. */
import type { GatewayAudit, GatewayLoad } from '@kaas/domain'
import { FIXED_ROUTES } from '@kaas/http-contract'
import type { Store } from '@kaas/store'
import type { FastifyInstance } from 'fastify'
import { SSE_HEADERS } from '../events/sse-stream.ts'
import type { SnapshotPublisher } from '../gateway-snapshot/snapshot-publisher.ts'
import { streamSnapshot } from '../gateway-snapshot/stream-snapshot.ts'
import { saveGatewayAudit } from '../services/save-gateway-audit.ts'
import { shareLimits } from '../services/share-limits.ts'
import { addRoute } from './add-route.ts'

/** Adds the routes below `/v1/gateway`. Returns how to end all open streams. */
export function addGatewayRoutes(server: FastifyInstance, publisher: SnapshotPublisher, store: Store): () => void {
  const open = new Set<() => void>()
  addRoute(server, FIXED_ROUTES.gatewaySnapshot, ({ reply }) => {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, SSE_HEADERS)
    const end = streamSnapshot(publisher, raw)
    open.add(end)
    raw.once('close', () => open.delete(end))
  })
  addRoute(server, FIXED_ROUTES.gatewayLoad, ({ body }) => shareLimits(store, body as GatewayLoad))
  addRoute(server, FIXED_ROUTES.gatewayAudit, ({ body }) => saveGatewayAudit(store, body as GatewayAudit))
  return () => {
    for (const end of open) end()
  }
}
