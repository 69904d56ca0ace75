// SPDX-License-Identifier: Apache-2.0
/**
 * One port that clients reach: the bounds on who may connect at all, the PROXY header, and TLS. What a client then says is
 * `client-connection.ts`.
 */
import net from 'node:net'
import tls from 'node:tls'
import type { CertifiedUser } from '../sasl/certificate-login.ts'
import type { Place } from './addressing.ts'
import type { CertificateBook } from './certificate-book.ts'
import { cannotListen, type Rejection, rejectionFor, UnknownHost } from './rejection.ts'
import { takeProxyHeader } from './take-proxy-header.ts'

/** How a port is served, and who is told. */
export interface PortOwner {
  readonly proxyProtocol: boolean
  readonly handshakeTimeoutMs: number
  /** Whether one more connection may come in; if so, it counts until `settled`. */
  admit(): boolean
  settled(): void
  /**
   * Who is called by the host name in the handshake (empty when there is none). Undefined refuses the connection. `isCovered` tells
   * whether a certificate names the host.
   */
  placeOf(hostName: string, isCovered: boolean): Place | undefined
  connected(socket: net.Socket, place: Place, remote: string, certified: CertifiedUser | undefined): void
  rejected(rejection: Rejection, remote: string): void
}

/** Owns the sockets of one port that are not settled yet, and the port itself: call `close`. */
export class TlsPort {
  readonly #owner: PortOwner
  readonly #server: net.Server
  readonly #secured: tls.Server
  #certificates: CertificateBook
  /** Clients' own addresses behind a balancer, by the balancer's address and port. */
  readonly #remotes = new Map<string, string>()

  constructor(owner: PortOwner, certificates: CertificateBook) {
    this.#owner = owner
    this.#certificates = certificates
    const handshakeTimeout = owner.handshakeTimeoutMs
    const SNICallback: tls.TlsOptions['SNICallback'] = (hostName, done) => this.#chooseCertificate(hostName, done)
    const requestCert = certificates.asksClients
    this.#secured = tls.createServer({ ...certificates.first, handshakeTimeout, SNICallback, requestCert })
    this.#secured.on('secureConnection', (socket) => this.#handshakeDone(socket))
    // For every handshake exactly one of the two events comes, also when the client just leaves.
    this.#secured.on('tlsClientError', (error, socket) => {
      owner.settled()
      this.#refuse(socket, rejectionFor(error))
    })
    // A plain server in front, so that connections beyond the bound cost no TLS handshake.
    const options = { keepAlive: true, keepAliveInitialDelay: 60_000, noDelay: true }
    this.#server = net.createServer(options, (socket) => void this.#accept(socket))
  }

  /** Binds. Resolves with the port, another one than asked for only for 0. Throws `port-taken` and `config-invalid`. */
  listen(host: string, port: number): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    this.#server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(cause, host, port)))
    this.#server.listen({ host, port }, () => {
      this.#server.removeAllListeners('error')
      resolve((this.#server.address() as net.AddressInfo).port)
    })
    return promise
  }

  /** New handshakes use these; connections that are open stay as they are. */
  renew(certificates: CertificateBook): void {
    this.#certificates = certificates
    this.#secured.setSecureContext(certificates.first)
  }

  /** Stops accepting. Connections that are open stay open. */
  close(): void {
    this.#server.close()
  }

  async #accept(socket: net.Socket): Promise<void> {
    const { proxyProtocol, handshakeTimeoutMs } = this.#owner
    if (!this.#owner.admit()) {
      this.#refuse(socket, { kind: 'crowded', reason: 'too many connections are not logged in' })
      return
    }
    if (proxyProtocol) {
      const header = await takeProxyHeader(socket, handshakeTimeoutMs)
      if (header.kind === 'refused') {
        this.#owner.settled()
        this.#refuse(socket, { kind: 'proxy-header', reason: header.reason })
        return
      }
      this.#remember(socket, header.remote)
    }
    this.#secured.emit('connection', socket)
  }

  #remember(socket: net.Socket, remote: string | undefined): void {
    const key = peerOf(socket)
    if (remote === undefined) return
    this.#remotes.set(key, remote)
    socket.once('close', () => this.#remotes.delete(key))
  }

  #chooseCertificate(hostName: string, done: (error: Error | null, context?: tls.SecureContext) => void): void {
    const context = this.#certificates.contextFor(hostName)
    const place = this.#owner.placeOf(hostName, context !== undefined)
    if (place === undefined) done(new UnknownHost(hostName))
    else done(null, context)
  }

  #handshakeDone(socket: tls.TLSSocket): void {
    this.#owner.settled()
    const hostName = socket.servername || ''
    const isCovered = hostName !== '' && this.#certificates.contextFor(hostName) !== undefined
    const place = this.#owner.placeOf(hostName, isCovered)
    const certified = this.#certificates.userOf(socket.getPeerX509Certificate())
    if (place !== undefined) this.#owner.connected(socket, place, this.#remoteOf(socket), certified)
    else this.#refuse(socket, { kind: 'unknown-host', reason: 'it named no host in the TLS handshake' })
  }

  #refuse(socket: net.Socket, rejection: Rejection): void {
    this.#owner.rejected(rejection, this.#remoteOf(socket))
    socket.destroy()
  }

  #remoteOf(socket: net.Socket): string {
    return this.#remotes.get(peerOf(socket)) ?? socket.remoteAddress ?? ''
  }
}

function peerOf(socket: net.Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`
}
