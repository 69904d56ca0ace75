// SPDX-License-Identifier: Apache-2.0
/** Opens a TCP or TLS socket to a broker within a time limit. What is spoken on it is not known here. */
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { KaasError } from '@kaas/errors'

/** TLS towards brokers. `caPem` is the CA that signed the brokers' certificates; the system's CAs when absent. */
export interface ClientTls {
  readonly caPem?: string
  /** The name to check and to send as SNI; the host when absent. */
  readonly serverName?: string
  /** Certificate and key of the client, both PEM, where brokers know users by certificate. */
  readonly identity?: { readonly certificatePem: string; readonly keyPem: string }
}

/** Where a broker listens. */
export interface BrokerAddress {
  readonly host: string
  readonly port: number
}

/**
 * Resolves with a connected socket (TLS verified when `tls` is given), without delay of small writes. Throws
 * `kafka-unavailable` when the broker cannot be reached or its certificate is not trusted, and `kafka-timeout` after
 * `timeoutMs`. The caller owns the socket.
 */
export function openSocket(address: BrokerAddress, tls: ClientTls | undefined, timeoutMs: number): Promise<Socket> {
  const socket = tls === undefined ? connect(address) : connectTls({ ...address, ...tlsOptions(address.host, tls) })
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 30_000)
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const timer = setTimeout(() => {
    fail(new KaasError('kafka-timeout', { message: `${render(address)} did not accept a connection in ${timeoutMs} ms.` }))
  }, timeoutMs)
  const fail = (error: KaasError) => {
    clearTimeout(timer)
    socket.destroy()
    reject(error)
  }
  const failed = (cause: Error) => fail(unreachable(address, cause))
  socket.once('error', failed)
  socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
    clearTimeout(timer)
    socket.off('error', failed)
    resolve(socket)
  })
  return promise
}

/** `host:port`, with brackets round an IPv6 address. */
export function render(address: BrokerAddress): string {
  return isIP(address.host) === 6 ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`
}

/** The address in `host:port` or `[v6]:port`. Throws `config-invalid` for anything else. */
export function parseBrokerAddress(text: string): BrokerAddress {
  const match = /^(?:\[([^\]]+)\]|([^\s:]+)):(\d{1,5})$/.exec(text)
  const port = Number(match?.[3])
  const host = match?.[1] ?? match?.[2]
  if (host !== undefined && port > 0 && port < 65_536) return { host, port }
  throw new KaasError('config-invalid', {
    message: `"${text.slice(0, 100)}" is not the address of a broker.`,
    help: 'Write it like kafka-0.example.org:9092.',
  })
}

function tlsOptions(host: string, tls: ClientTls) {
  const name = tls.serverName ?? host
  return {
    ...(tls.caPem === undefined ? {} : { ca: tls.caPem }),
    ...(tls.identity === undefined ? {} : { cert: tls.identity.certificatePem, key: tls.identity.keyPem }),
    // SNI must not carry an IP address (RFC 6066); Node then checks the certificate against the host.
    ...(isIP(name) === 0 ? { servername: name } : {}),
  }
}

function unreachable(address: BrokerAddress, cause: Error): KaasError {
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
  return new KaasError('kafka-unavailable', {
    message: `No connection to the Kafka broker ${render(address)}: ${code}.`,
    help: 'Check that the broker runs, that the address and TLS settings are right and that its certificate is trusted.',
    cause,
  })
}
