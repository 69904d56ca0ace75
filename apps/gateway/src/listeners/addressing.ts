// SPDX-License-Identifier: Apache-2.0
/**
 * How clients tell which broker they mean (design 6.4): by the port, for simple networks, or by the host name in the TLS handshake
 * (SNI), where all brokers of all tenants share one port. Pure.
 */
import { isLabel } from '@kaas/domain'
import type { Endpoint } from '../step.ts'

/** What a listener is told about its addresses. `advertisedPort` is what clients see where it differs from the port bound. */
export type AddressingSettings =
  | { readonly kind: 'port'; readonly advertisedHost: string; readonly advertisedPort?: number | undefined }
  | { readonly kind: 'sni'; readonly domain: string; readonly advertisedPort?: number | undefined }

/** What an address says about who is called. */
export interface Place {
  /** The tenant in the host name; undefined where the address does not tell. */
  readonly tenant: string | undefined
  /** The broker; undefined for the bootstrap address. */
  readonly nodeId: number | undefined
}

/** Translates between places and addresses of one listener. */
export interface Addressing {
  /** What clients of `tenant` are told about broker `nodeId`; undefined when there is no such port (a negative id, or beyond 65535). */
  endpointOf(tenant: string, nodeId: number): Endpoint | undefined
}

const LAST_PORT = 65_535

/** One port per node id behind the bootstrap port. The same port serves the nodes of that id in all clusters. */
export class PortAddressing implements Addressing {
  readonly #host: string
  readonly #boundPort: number
  readonly #advertisedPort: number

  constructor(host: string, boundPort: number, advertisedPort = boundPort) {
    this.#host = host
    this.#boundPort = boundPort
    this.#advertisedPort = advertisedPort
  }

  /** The port to bind for broker `nodeId`. Undefined as for `endpointOf`. */
  portOf(nodeId: number): number | undefined {
    return nodePort(this.#boundPort, nodeId)
  }

  endpointOf(_tenant: string, nodeId: number): Endpoint | undefined {
    const port = this.portOf(nodeId) === undefined ? undefined : nodePort(this.#advertisedPort, nodeId)
    return port === undefined ? undefined : { host: this.#host, port }
  }
}

function nodePort(bootstrapPort: number, nodeId: number): number | undefined {
  const port = bootstrapPort + 1 + nodeId
  return nodeId >= 0 && port <= LAST_PORT ? port : undefined
}

/** `bootstrap.<tenant>.<domain>` for any broker, `b<node>.<tenant>.<domain>` for one. */
export class SniAddressing implements Addressing {
  readonly #domain: string
  readonly #port: number

  constructor(domain: string, port: number) {
    this.#domain = domain.toLowerCase()
    this.#port = port
  }

  /** What a host name says; undefined for one that is not below the domain or not of this shape. Case does not matter. */
  placeOf(hostName: string): Place | undefined {
    const name = hostName.toLowerCase()
    if (!name.endsWith(`.${this.#domain}`)) return undefined
    const [label = '', tenant = '', ...more] = name.slice(0, -this.#domain.length - 1).split('.')
    if (more.length > 0 || !isLabel(tenant)) return undefined
    if (label === 'bootstrap') return { tenant, nodeId: undefined }
    const node = /^b(0|[1-9]\d{0,8})$/.exec(label)
    return node === null ? undefined : { tenant, nodeId: Number(node[1]) }
  }

  endpointOf(tenant: string, nodeId: number): Endpoint | undefined {
    return nodeId < 0 ? undefined : { host: `b${nodeId}.${tenant}.${this.#domain}`, port: this.#port }
  }
}
