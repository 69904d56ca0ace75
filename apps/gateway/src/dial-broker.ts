// SPDX-License-Identifier: Apache-2.0
/**
 * Opens the broker's side of a client connection: TCP, TLS when the cluster asks for it, the first request, and the next address when
 * a broker is away or says nothing.
 */
import net from 'node:net'
import tls from 'node:tls'
import type { SnapshotCluster } from '@kaas/domain'
import { asKaasError, type ErrorCode, KaasError } from '@kaas/errors'
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
 * After so much silence the system asks the broker's whether the connection still stands, in milliseconds. Between requests nothing
 * else would notice a broker whose network is cut.
 */
const PROBE_AFTER_MS = 30_000

/** What opening a connection to one of several brokers needs. */
export interface Dial {
  readonly cluster: SnapshotCluster
  /** In the order in which they are tried. */
  readonly addresses: readonly Endpoint[]
  /** For each address, the first request included. */
  readonly timeoutMs: number
  /**
   * Asks the first question. A frozen process, or one behind a cut network, still has its connections accepted: only an answer shows
   * that somebody is there. What it throws for other reasons than silence is thrown on.
   */
  readonly greet: (broker: BrokerConnection, timeoutMs: number) => Promise<void>
  /** Told of each address that did not answer. */
  readonly away: (address: Endpoint) => void
}

/** What says that a broker is not there, so that another one may be. */
const AWAY: readonly ErrorCode[] = ['kafka-unavailable', 'kafka-timeout']

/**
 * Resolves with a connection to the first address that answers. Throws `kafka-unavailable` naming the cluster when none does
 * in time; no connection is left open then.
 */
export async function dialBroker(dial: Dial, owner: BrokerConnectionOwner): Promise<BrokerConnection> {
  const { cluster, addresses } = dial
  let cause: unknown
  for (const address of addresses) {
    try {
      return await dialOne(dial, address, owner)
    } catch (error) {
      if (error instanceof KaasError && !AWAY.includes(error.code)) throw error
      dial.away(address)
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
  { cluster, timeoutMs, greet }: Dial,
  { host, port }: Endpoint,
  owner: BrokerConnectionOwner,
): Promise<BrokerConnection> {
  const deadlineMs = Date.now() + timeoutMs
  const inlet: { deliver: (bytes: Buffer) => void } = { deliver: () => {} }
  const callback = (count: number): boolean => {
    inlet.deliver(READ_BUFFER.subarray(0, count))
    return true
  }
  const onread = { buffer: READ_BUFFER, callback }
  const patience = { noDelay: true, keepAlive: true, keepAliveInitialDelay: PROBE_AFTER_MS }
  const options = { host, port, ...patience, onread, highWaterMark: WRITE_BUFFER_BYTES }
  const socket = cluster.tls.enabled
    ? tls.connect({ ...options, ...(net.isIP(host) === 0 ? { servername: host } : {}), ca: cluster.tls.caPem })
    : net.connect(options)
  await connected(socket, cluster.tls.enabled ? 'secureConnect' : 'connect', timeoutMs)
  const connection = new BrokerConnection(socket, { host, port }, owner)
  inlet.deliver = (bytes) => connection.receive(bytes)
  try {
    await greet(connection, Math.max(1, deadlineMs - Date.now()))
  } catch (error) {
    connection.fail(asKaasError(error))
    throw error
  }
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
