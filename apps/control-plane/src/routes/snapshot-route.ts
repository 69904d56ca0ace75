// SPDX-License-Identifier: Apache-2.0
/** The route of the gateway snapshot: authenticates, sends the headers, and leaves the stream to its publisher. */
import { FIXED_ROUTES } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import { SSE_HEADERS } from '../events/sse-stream.ts'
import type { SnapshotPublisher } from '../gateway-snapshot/snapshot-publisher.ts'
import { streamSnapshot } from '../gateway-snapshot/stream-snapshot.ts'
import { addRoute } from './add-route.ts'

/** Adds `GET /v1/gateway/snapshot`. Returns how to end all open streams. */
export function addSnapshotRoute(server: FastifyInstance, publisher: SnapshotPublisher): () => void {
  const open = new Set<() => void>()
  addRoute(server, FIXED_ROUTES.gatewaySnapshot, ({ reply }) => {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, SSE_HEADERS)
    const end = streamSnapshot(publisher, raw)
    open.add(end)
    raw.once('close', () => open.delete(end))
  })
  return () => {
    for (const end of open) end()
  }
}
