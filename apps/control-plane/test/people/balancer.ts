// SPDX-License-Identifier: Apache-2.0
/** One address before several control planes, as an Ingress has it: each request goes to the next one, and past one that does not answer. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A running balancer. */
export interface Balancer {
  readonly url: string
  /** Which one answered, request by request: `GET /v1/session 1`. */
  readonly answered: readonly string[]
  stop(): Promise<void>
}

/** Starts one on loopback. The first request goes to the first target. Browsers keep the address that they asked. */
export async function startBalancer(targets: readonly string[]): Promise<Balancer> {
  const answered: string[] = []
  let turn = 0
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming)
    for (let left = targets.length; left > 0; left -= 1) {
      const at = turn % targets.length
      turn += 1
      if (!(await pass(targets[at] ?? '', incoming, body, outgoing))) continue
      answered.push(`${incoming.method} ${incoming.url?.split('?')[0]} ${at}`)
      return
    }
    outgoing.writeHead(503).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** False when nobody takes the connection. */
function pass(target: string, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const { method = 'GET', headers } = incoming
  const passed = request(new URL(incoming.url ?? '/', target), { method, headers, agent: false }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
    resolve(true)
  })
  passed.once('error', () => resolve(false))
  passed.end(body)
  return promise
}
