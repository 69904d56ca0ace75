// SPDX-License-Identifier: Apache-2.0
/** The page that describes the API. Made once, when it is first asked for. */
import { renderOpenApi } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'

/** Adds `/openapi.json`, open to all: it holds nothing that is not in the source. */
export function addOpenApiRoute(server: FastifyInstance): void {
  let page: string | undefined
  server.get('/openapi.json', { config: { access: 'anyone' } }, async (_, reply) => {
    page ??= JSON.stringify(renderOpenApi())
    return reply.type('application/json').send(page)
  })
}
