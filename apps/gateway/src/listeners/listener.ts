// SPDX-License-Identifier: Apache-2.0
/**
 * One listener: its bootstrap port and, with addressing by port, one port for each broker node that is known. Several listeners may
 * run at once, each with its own addresses and certificates (design 6.4).
 */
import type net from 'node:net'
import { KaasError } from '@kaas/errors'
import type { Log } from '@kaas/telemetry'
import type { CertifiedUser } from '../sasl/certificate-login.ts'
import { type Addressing, type AddressingSettings, type Place, PortAddressing, SniAddressing } from './addressing.ts'
import { CertificateBook, type ClientCertificates, type KeyPair } from './certificate-book.ts'
import type { Rejection } from './rejection.ts'
import type { Stranger } from './strangers.ts'
import { type PortOwner, TlsPort } from './tls-port.ts'

/** How a listener is opened. */
export interface ListenerSettings {
  /** Unique among the listeners; shown in logs and metrics. */
  readonly name: string
  /** The address to bind, such as 127.0.0.1. */
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  readonly addressing: AddressingSettings
  /** The first answers clients that name no host. With addressing `sni` every host must be covered by one. */
  readonly certificates: readonly KeyPair[]
  /** Clients prove who they are by certificate, and there is no SASL; undefined where clients log in by SASL. */
  readonly clientCertificates?: ClientCertificates | undefined
  /** Every connection begins with a PROXY header, version 2, of the balancer in front. */
  readonly proxyProtocol: boolean
}

/** How somebody reached the gateway: who is called, from where, and which addresses she must be told. */
export interface Reached extends Place {
  readonly remote: string
  /** Set where clients prove who they are by certificate. The user may be nobody's name. */
  readonly certified: CertifiedUser | undefined
  readonly addressing: Addressing
  /** To be told when the client has logged in. */
  readonly stranger: Stranger
}

/** What a listener asks and tells its owner. */
export interface ListenerOwner {
  readonly handshakeTimeoutMs: number
  /** A connection comes in; undefined when there is no room for one that is not logged in. */
  enter(): Stranger | undefined
  welcomes(remote: string): boolean
  connected(socket: net.Socket, reached: Reached): void
  rejected(rejection: Rejection, remote: string): void
}

/** Opens ports and keeps them. Owns server sockets: call `close`. */
export class Listener {
  readonly settings: ListenerSettings
  readonly #owner: ListenerOwner
  readonly #log: Log
  readonly #ports = new Map<number, TlsPort>()
  #certificates: CertificateBook
  #addressing: Addressing | undefined
  #isClosed = false

  /** Throws `config-invalid` for certificates that cannot be used. */
  constructor(settings: ListenerSettings, owner: ListenerOwner, log: Log) {
    this.settings = settings
    this.#owner = owner
    this.#log = log.child({ listener: settings.name })
    this.#certificates = new CertificateBook(settings.certificates, settings.clientCertificates)
  }

  /** When the first of its certificates ends. */
  get certificatesEndAt(): Date {
    return this.#certificates.endsAt
  }

  /** Opens the bootstrap port and resolves with its number. Throws `port-taken` naming the variable that changes it. */
  async open(): Promise<number> {
    const { host, port, addressing } = this.settings
    const opened = this.#newPort(undefined)
    const bound = await opened.listen(host, port)
    this.#ports.set(bound, opened)
    const advertised = addressing.advertisedPort ?? bound
    this.#addressing =
      addressing.kind === 'port'
        ? new PortAddressing(addressing.advertisedHost, bound, advertised)
        : new SniAddressing(addressing.domain, advertised)
    return bound
  }

  /** Opens the port of a broker node where nodes have ports; safe to call again. A port that cannot be had is logged: other nodes still work. */
  async openNode(nodeId: number): Promise<void> {
    const port = this.#addressing instanceof PortAddressing ? this.#addressing.portOf(nodeId) : undefined
    if (port === undefined || this.#isClosed || this.#ports.has(port)) return
    const opened = this.#newPort(nodeId)
    this.#ports.set(port, opened)
    try {
      await opened.listen(this.settings.host, port)
    } catch (error) {
      this.#ports.delete(port)
      const why = error instanceof KaasError ? `${error.message} ${error.help ?? ''}` : String(error)
      this.#log.error({ nodeId, port, error: why }, 'a broker node has no port')
    }
  }

  /** Takes the certificates of `settings` for new handshakes. Throws `config-invalid` and keeps what it has. */
  renew({ certificates, clientCertificates }: ListenerSettings): void {
    const book = new CertificateBook(certificates, clientCertificates)
    this.#certificates = book
    for (const port of this.#ports.values()) port.renew(book)
  }

  /** Stops accepting. Connections that are open stay open. */
  close(): void {
    this.#isClosed = true
    for (const port of this.#ports.values()) port.close()
  }

  #newPort(nodeId: number | undefined): TlsPort {
    const owner: PortOwner = {
      proxyProtocol: this.settings.proxyProtocol,
      handshakeTimeoutMs: this.#owner.handshakeTimeoutMs,
      enter: () => this.#owner.enter(),
      welcomes: (remote) => this.#owner.welcomes(remote),
      placeOf: (hostName, isCovered) => this.#placeOf(hostName, isCovered, nodeId),
      connected: (socket, place, remote, certified, stranger) => {
        if (this.#addressing !== undefined) {
          this.#owner.connected(socket, { ...place, remote, certified, stranger, addressing: this.#addressing })
        }
      },
      rejected: (rejection, remote) => this.#owner.rejected(rejection, remote),
    }
    return new TlsPort(owner, this.#certificates)
  }

  /** By port any host name will do: clients that connect by address name none. By host name it must be one that is served. */
  #placeOf(hostName: string, isCovered: boolean, nodeId: number | undefined): Place | undefined {
    if (!(this.#addressing instanceof SniAddressing)) return { tenant: undefined, nodeId }
    return isCovered ? this.#addressing.placeOf(hostName) : undefined
  }
}
