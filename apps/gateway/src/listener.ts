// SPDX-License-Identifier: Apache-2.0
/**
 * The ports that clients reach: the bootstrap port, and one per broker node that is known. Here are TLS and the bounds on who may
 * connect at all; what a client then says is `client-connection.ts`.
 */
import net from 'node:net'
import tls from 'node:tls'
import { KaasError } from '@kaas/errors'
import type { Log } from '@kaas/telemetry'
import type { PortAddressing } from './port-addressing.ts'

/** How the ports are opened. */
export interface ListenerSettings {
  /** The address to bind, such as 127.0.0.1. */
  readonly host: string
  readonly bootstrapPort: number
  readonly certPem: string
  readonly keyPem: string
  readonly handshakeTimeoutMs: number
  /** Pending and unauthenticated connections; more are closed at once. */
  readonly unauthenticatedConnections: number
}

/** What a listener tells its owner. */
export interface ListenerOwner {
  /** A TLS handshake is complete. `nodeId` is undefined on the bootstrap port. */
  connected(socket: net.Socket, nodeId: number | undefined): void
  /** Connections that are not logged in, without those in their TLS handshake. */
  unauthenticated(): number
  /** A connection ended before it could speak Kafka. */
  rejected(reason: string): void
}

/** Opens ports and keeps them. Owns server sockets: call `close`. */
export class Listener {
  readonly #settings: ListenerSettings
  readonly #owner: ListenerOwner
  readonly #log: Log
  readonly #servers = new Map<number, net.Server>()
  #addressing: PortAddressing | undefined
  #handshaking = 0
  #isClosed = false

  constructor(settings: ListenerSettings, owner: ListenerOwner, log: Log) {
    this.#settings = settings
    this.#owner = owner
    this.#log = log
  }

  /**
   * Opens the bootstrap port and resolves with its number (another one than configured only for 0). Throws `port-taken` naming the
   * variable that changes it.
   */
  async open(): Promise<number> {
    const server = this.#newServer(undefined)
    const port = await listen(server, this.#settings.host, this.#settings.bootstrapPort)
    this.#servers.set(port, server)
    return port
  }

  /** Tells which node has which port. Needed before `openNode`. */
  set addressing(addressing: PortAddressing) {
    this.#addressing = addressing
  }

  /** Opens the port of a broker node; safe to call again. A port that cannot be had is logged: other nodes still work. */
  async openNode(nodeId: number): Promise<void> {
    const port = this.#addressing?.portOf(nodeId)
    if (port === undefined || this.#isClosed || this.#servers.has(port)) return
    const server = this.#newServer(nodeId)
    this.#servers.set(port, server)
    try {
      await listen(server, this.#settings.host, port)
    } catch (error) {
      this.#servers.delete(port)
      const why = error instanceof KaasError ? `${error.message} ${error.help ?? ''}` : String(error)
      this.#log.error({ nodeId, port, error: why }, 'a broker node has no port')
    }
  }

  /** Stops accepting. Connections that are open stay open. */
  close(): void {
    this.#isClosed = true
    for (const server of this.#servers.values()) server.close()
  }

  /** A plain server in front, so that connections beyond the bound cost no TLS handshake. */
  #newServer(nodeId: number | undefined): net.Server {
    const { certPem, keyPem, handshakeTimeoutMs } = this.#settings
    const secured = tls.createServer({
      cert: certPem,
      key: keyPem,
      minVersion: 'TLSv1.2',
      handshakeTimeout: handshakeTimeoutMs,
    })
    secured.on('secureConnection', (socket) => {
      this.#handshaking -= 1
      this.#owner.connected(socket, nodeId)
    })
    // For every handshake exactly one of the two events comes, also when the client just leaves.
    secured.on('tlsClientError', (error, socket) => {
      this.#handshaking -= 1
      this.#reject(socket.remoteAddress, reasonOf(error))
      socket.destroy()
    })
    return net.createServer({ keepAlive: true, keepAliveInitialDelay: 60_000, noDelay: true }, (socket) => {
      if (this.#handshaking + this.#owner.unauthenticated() >= this.#settings.unauthenticatedConnections) {
        this.#reject(socket.remoteAddress, 'too many connections are not logged in')
        socket.destroy()
        return
      }
      this.#handshaking += 1
      secured.emit('connection', socket)
    })
  }

  #reject(remote: string | undefined, reason: string): void {
    this.#owner.rejected(reason)
    this.#log.info({ remote, reason }, 'a connection was refused')
  }
}

function listen(server: net.Server, host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(cause, host, port)))
  server.listen({ host, port }, () => {
    server.removeAllListeners('error')
    resolve((server.address() as net.AddressInfo).port)
  })
  return promise
}

function cannotListen(cause: NodeJS.ErrnoException, host: string, port: number): KaasError {
  if (cause.code !== 'EADDRINUSE' && cause.code !== 'EACCES') {
    const help = 'Set KAAS_KAFKA_HOST to an address of this machine.'
    return new KaasError('config-invalid', {
      message: `The gateway cannot listen on ${host}: ${cause.message}.`,
      help,
      cause,
    })
  }
  const why = cause.code === 'EADDRINUSE' ? 'is in use' : 'needs more rights'
  return new KaasError('port-taken', {
    message: `Port ${port} on ${host}, where the gateway serves Kafka clients, ${why}.`,
    help: 'Stop what uses it, or set KAAS_KAFKA_PORT to another port; the ports behind it are used as well, one per broker.',
    cause,
  })
}

/** What a failed handshake says about the client, for the one who reads the log. */
function reasonOf(error: Error & { readonly code?: string }): string {
  switch (error.code) {
    case 'ERR_SSL_HTTP_REQUEST':
      return 'it spoke HTTP to a Kafka port'
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'ERR_SSL_RECORD_LAYER_FAILURE':
      return 'it did not speak TLS: set security.protocol=SASL_SSL in the client'
    case 'ERR_TLS_HANDSHAKE_TIMEOUT':
      return 'it did not finish the TLS handshake in time'
    case 'ECONNRESET':
      return 'it left during the TLS handshake'
    default:
      return `the TLS handshake failed: ${error.message}`
  }
}
