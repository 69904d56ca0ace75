// SPDX-License-Identifier: Apache-2.0
/**
 * Ports for servers that must know their number before they start. They are chosen below the range that the system gives
 * to outgoing connections, so that no client takes one between the check and the start.
 */
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { KaasError } from '@kaas/errors'

const FIRST = 20_000
const LAST = 31_000
const TRIES = 200

/** One free TCP port on loopback. */
export async function freePort(): Promise<number> {
  return (await freePorts(1))[0] as number
}

/** `count` free ports in a row, as port addressing needs them. Throws `port-taken` when none are found. */
export async function freePorts(count: number): Promise<readonly number[]> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const first = randomInt(FIRST, LAST - count)
    const ports = Array.from({ length: count }, (_, index) => first + index)
    const free = await Promise.all(ports.map((port) => isPortFree(port)))
    if (free.every(Boolean)) return ports
  }
  throw new KaasError('port-taken', {
    message: `No ${count} free ports in a row were found between ${FIRST} and ${LAST}.`,
    help: 'End the programs that listen there.',
  })
}

/** Whether a server could listen on `port` of `host` right now. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
