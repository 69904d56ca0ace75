// SPDX-License-Identifier: Apache-2.0
/** The pages for operators: `/healthz` (the process lives), `/readyz` (clients can be served), `/metrics`. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import { KaasError } from '@kaas/errors'

/** What the pages say. */
export interface HealthSource {
  isReady(): Promise<boolean>
  metrics(): Promise<string>
}

/** Opens the port and resolves with the server. Throws `port-taken` naming the variable that changes it. */
export async function startHealth(host: string, port: number, source: HealthSource): Promise<Server> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '', source, response)
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ host, port }, resolve)
  try {
    await promise
  } catch (cause) {
    throw new KaasError('port-taken', {
      message: `The health pages cannot listen on ${host}:${port}: ${cause instanceof Error ? cause.message : cause}.`,
      help: 'Stop what uses the port, or set KAAS_GATEWAY_HEALTH_PORT to another one.',
      cause,
    })
  }
  return server
}

async function answer(url: string, source: HealthSource, response: ServerResponse): Promise<void> {
  const send = (status: number, body: string, type = 'text/plain; charset=utf-8'): void => {
    response.writeHead(status, { 'content-type': type }).end(body)
  }
  switch (url.split('?')[0]) {
    case '/healthz':
      send(200, 'ok\n')
      break
    case '/readyz':
      if (await source.isReady()) send(200, 'ready\n')
      else send(503, 'not ready: the snapshot or the brokers have not answered yet\n')
      break
    case '/metrics':
      send(200, await source.metrics(), 'text/plain; version=0.0.4; charset=utf-8')
      break
    default:
      send(404, 'there is /healthz, /readyz and /metrics\n')
  }
}
