// SPDX-License-Identifier: Apache-2.0
/**
 * One port that clients reach: the bounds on who may connect at all, the PROXY header, and TLS. What a client then says is
 * `client-connection.ts`.
 */
import net from 'node:net'
import tls from 'node:tls'
import { addressKeyOf } from '../sasl/address-key.ts'
import type { CertifiedUser } from '../sasl/certificate-login.ts'
import type { Place } from './addressing.ts'
import type { CertificateBook } from './certificate-book.ts'
import { cannotListen, type Rejection, rejectionFor, UnknownHost } from './rejection.ts'
import type { Stranger } from './strangers.ts'
import { takeProxyHeader } from './take-proxy-header.ts'

const BLOCKED: Rejection = { kind: 'blocked', reason: 'too many log-ins from its address failed' }

/** How a port is served, and who is told. */
export interface PortOwner {
  readonly proxyProtocol: boolean
  readonly handshakeTimeoutMs: number
  /** A connection comes in; undefined when there is no room for one that is not logged in. */
  enter(): Stranger | undefined
  /** Whether an address may come to a TLS handshake. */
  welcomes(remote: string): boolean
  /**
   * Who is called by the host name in the handshake (empty when there is none). Undefined refuses the connection. `isCovered` tells
   * whether a certificate names the host.
   */
  placeOf(hostName: string, isCovered: boolean): Place | undefined
  connected(socket: net.Socket, place: Place, remote: string, certified: CertifiedUser | undefined, stranger: Stranger): void
  rejected(rejection: Rejection, remote: string): void
}

/** Owns the sockets of one port that are not settled yet, and the port itself: call `close`. */
export class TlsPort {
  readonly #owner: PortOwner
  readonly #server: net.Server
  readonly #secured: tls.Server
  #certificates: CertificateBook
  /** Who is at the other end, by the address and port that the system sees: behind a balancer that is not the client's own. */
  readonly #peers = new Map<string, Peer>()

  constructor(owner: PortOwner, certificates: CertificateBook) {
    this.#owner = owner
    this.#certificates = certificates
    const handshakeTimeout = owner.handshakeTimeoutMs
    const SNICallback: tls.TlsOptions['SNICallback'] = (hostName, done) => this.#chooseCertificate(hostName, done)
    const requestCert = certificates.asksClients
    this.#secured = tls.createServer({ ...certificates.first, handshakeTimeout, SNICallback, requestCert })
    this.#secured.on('secureConnection', (socket) => this.#handshakeDone(socket))
    // For every handshake exactly one of the two events comes, also when the client just leaves.
    this.#secured.on('tlsClientError', (error, socket) =>
      this.#refuse(socket, rejectionFor(error, this.#certificates.endsAt)),
    )
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
    const stranger = this.#owner.enter()
    if (stranger === undefined) {
      this.#refuse(socket, { kind: 'crowded', reason: 'too many connections are not logged in' })
      return
    }
    socket.once('close', () => stranger.leave())
    let remote = socket.remoteAddress ?? ''
    if (proxyProtocol) {
      const header = await takeProxyHeader(socket, handshakeTimeoutMs)
      if (header.kind === 'refused') {
        this.#refuse(socket, { kind: 'proxy-header', reason: header.reason })
        return
      }
      remote = header.remote ?? remote
    }
    this.#remember(socket, { remote, stranger })
    if (!this.#owner.welcomes(remote)) this.#refuse(socket, BLOCKED)
    else if (stranger.comesFrom(addressKeyOf(remote))) this.#secured.emit('connection', socket)
    else this.#refuse(socket, { kind: 'crowded', reason: 'too many connections from its address are not logged in' })
  }

  #remember(socket: net.Socket, peer: Peer): void {
    const key = keyOf(socket)
    this.#peers.set(key, peer)
    socket.once('close', () => this.#peers.delete(key))
  }

  #chooseCertificate(hostName: string, done: (error: Error | null, context?: tls.SecureContext) => void): void {
    const context = this.#certificates.contextFor(hostName)
    const place = this.#owner.placeOf(hostName, context !== undefined)
    if (place === undefined) done(new UnknownHost(hostName))
    else done(null, context)
  }

  #handshakeDone(socket: tls.TLSSocket): void {
    const hostName = socket.servername || ''
    const isCovered = hostName !== '' && this.#certificates.contextFor(hostName) !== undefined
    const place = this.#owner.placeOf(hostName, isCovered)
    const certified = this.#certificates.userOf(socket.getPeerX509Certificate())
    const peer = this.#peers.get(keyOf(socket))
    if (peer === undefined) socket.destroy()
    else if (place !== undefined) this.#owner.connected(socket, place, peer.remote, certified, peer.stranger)
    else this.#refuse(socket, { kind: 'unknown-host', reason: 'it named no host in the TLS handshake' })
  }

  #refuse(socket: net.Socket, rejection: Rejection): void {
    this.#owner.rejected(rejection, this.#remoteOf(socket))
    socket.destroy()
  }

  #remoteOf(socket: net.Socket): string {
    return this.#peers.get(keyOf(socket))?.remote ?? socket.remoteAddress ?? ''
  }
}

interface Peer {
  readonly remote: string
  readonly stranger: Stranger
}

function keyOf(socket: net.Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`
}
