// SPDX-License-Identifier: Apache-2.0
/** Opens the broker's side of a client connection: TCP, TLS when the cluster asks for it, the next address when one is away. */
import net from 'node:net'
import tls from 'node:tls'
import type { SnapshotCluster } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { BrokerConnection, type BrokerConnectionOwner } from './broker-connection.ts'
import type { Endpoint } from './step.ts'

/**
 * What all broker connections read into. A read is used up, or copied where it must wait, before the next one, so one buffer does
 * for thousands of connections and none is allocated while serving.
 */
const READ_BUFFER = Buffer.allocUnsafeSlow(256 * 1024)

/** What may wait for a slow broker before its client is no longer read, in bytes. */
const WRITE_BUFFER_BYTES = 256 * 1024

/**
 * Resolves with a connection to the first address that answers. Throws `kafka-unavailable` naming the cluster when none does
 * within `timeoutMs` each; no connection is left open then.
 */
export async function dialBroker(
  cluster: SnapshotCluster,
  addresses: readonly Endpoint[],
  timeoutMs: number,
  owner: BrokerConnectionOwner,
): Promise<BrokerConnection> {
  let cause: unknown
  for (const address of addresses) {
    try {
      return await dialOne(cluster, address, timeoutMs, owner)
    } catch (error) {
      cause = error
    }
  }
  const tried = addresses.map(({ host, port }) => `${host}:${port}`).join(', ')
  throw new KaasError('kafka-unavailable', {
    message: `The Kafka cluster "${cluster.name}" cannot be reached at ${tried}: ${cause instanceof Error ? cause.message : cause}.`,
    help: 'Check that its brokers run and that the gateway may reach them.',
    cause,
  })
}

async function dialOne(
  cluster: SnapshotCluster,
  { host, port }: Endpoint,
  timeoutMs: number,
  owner: BrokerConnectionOwner,
): Promise<BrokerConnection> {
  const inlet: { deliver: (bytes: Buffer) => void } = { deliver: () => {} }
  const callback = (count: number): boolean => {
    inlet.deliver(READ_BUFFER.subarray(0, count))
    return true
  }
  const onread = { buffer: READ_BUFFER, callback }
  const options = { host, port, noDelay: true, keepAlive: true, onread, highWaterMark: WRITE_BUFFER_BYTES }
  const socket = cluster.tls.enabled
    ? tls.connect({ ...options, ...(net.isIP(host) === 0 ? { servername: host } : {}), ca: cluster.tls.caPem })
    : net.connect(options)
  await connected(socket, cluster.tls.enabled ? 'secureConnect' : 'connect', timeoutMs)
  const connection = new BrokerConnection(socket, `${host}:${port}`, owner)
  inlet.deliver = (bytes) => connection.receive(bytes)
  return connection
}

function connected(socket: net.Socket, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs)
    const settle = (): void => {
      clearTimeout(timer)
      socket.off('error', failed).off(event, done).off('close', closed)
    }
    const done = (): void => {
      settle()
      resolve()
    }
    const failed = (error: Error): void => {
      settle()
      socket.destroy()
      reject(error)
    }
    const closed = (): void => failed(new Error('the broker closed the connection'))
    socket.on('error', failed).on(event, done).on('close', closed)
  })
}
