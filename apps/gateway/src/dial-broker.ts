// SPDX-License-Identifier: Apache-2.0
/** Opens the broker's side of a client connection: TCP, TLS when the cluster asks for it, the next address when one is away. */
import net from 'node:net'
import tls from 'node:tls'
import type { SnapshotCluster } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { BrokerConnection, type BrokerConnectionOwner } from './broker-connection.ts'
import type { Endpoint } from './step.ts'

/** Room for one read. Slices of it pass on to the client, so each is filled once and then left to the garbage collector. */
const READ_BYTES = 64 * 1024
/** A read gets a fresh buffer when the current one has less room than this. */
const LEAST_ROOM_BYTES = 16 * 1024

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
  const inlet = pooledInlet()
  const options = { host, port, noDelay: true, keepAlive: true, onread: inlet.onread }
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

interface Inlet {
  readonly onread: net.OnReadOpts
  deliver: (bytes: Buffer) => void
}

/** Reads past the stream layer: several small reads share one buffer, and nothing is copied. */
function pooledInlet(): Inlet {
  let room = Buffer.alloc(0)
  const inlet: Inlet = {
    deliver: () => {},
    onread: {
      buffer: () => {
        if (room.length < LEAST_ROOM_BYTES) room = Buffer.allocUnsafeSlow(READ_BYTES)
        return room
      },
      callback: (count) => {
        const bytes = room.subarray(0, count)
        room = room.subarray(count)
        inlet.deliver(bytes)
        return true
      },
    },
  }
  return inlet
}
