// SPDX-License-Identifier: Apache-2.0
/** The pages for operators: `/healthz` (the process lives), `/readyz` (the database answers), `/metrics`. Open to all, without names. */
import type { Store } from '@kaas/store'
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'

/** Adds the three pages. */
export function addHealthRoutes(server: FastifyInstance, store: Store, metrics: Registry): void {
  const config = { access: 'anyone' } as const
  server.get('/healthz', { config }, async () => ({ status: 'ok' }))
  server.get('/readyz', { config }, async () => {
    await store.ping()
    return { status: 'ready' }
  })
  server.get('/metrics', { config }, async (_, reply) => {
    reply.type(metrics.contentType)
    return await metrics.metrics()
  })
}
