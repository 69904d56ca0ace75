// SPDX-License-Identifier: Apache-2.0
/** TLS before the control plane, as an ingress has it: API servers send their token over nothing else. */
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createCertificates } from '@kaas/testkit'

/** A running front. */
export interface TlsFront {
  readonly url: string
  readonly ca: string
  /** How many requests were answered with this status. */
  answered(status: number): number
  stop(): Promise<void>
}

/** Starts one on loopback that passes every request on to `target`. */
export async function startTlsFront(target: string): Promise<TlsFront> {
  const { certPem: cert, keyPem: key, caPem: ca } = await createCertificates()
  const answered = new Map<number, number>()
  const server = createServer({ cert, key }, (incoming, outgoing) => {
    const { method = 'GET', headers } = incoming
    const passed = request(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
      const { statusCode = 502 } = answer
      answered.set(statusCode, (answered.get(statusCode) ?? 0) + 1)
      outgoing.writeHead(statusCode, answer.headers)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca,
    answered: (status) => answered.get(status) ?? 0,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
