// SPDX-License-Identifier: Apache-2.0
/** Why a connection ended before it could speak Kafka, and why a port could not be bound, in words for the one who reads the log. */
import { KaasError } from '@kaas/errors'
import type { Seen } from '../audit/journal.ts'

/** `kind` is counted, `reason` is logged. */
export interface Rejection {
  readonly kind: 'crowded' | 'proxy-header' | 'unknown-host' | 'certificate' | 'tls' | 'blocked'
  readonly reason: string
}

/** Codes of TLS and of the check of a client's certificate. */
const CERTIFICATE_FAULTS =
  /^(ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE|ERR_SSL_CERTIFICATE_VERIFY_FAILED|CERT_|UNABLE_TO_|CRL_|SELF_SIGNED|DEPTH_ZERO)/

/** A host name that nobody has. The client sees a failed handshake. */
export class UnknownHost extends Error {
  constructor(hostName: string) {
    super(`it asked for the host "${hostName.slice(0, 100)}", which is not served here`)
  }
}

/** What a failed handshake says about the client. `certificateEndsAt` is when the first certificate of the listener ends. */
export function rejectionFor(error: Error & { readonly code?: string }, certificateEndsAt: Date): Rejection {
  if (error instanceof UnknownHost) return { kind: 'unknown-host', reason: error.message }
  const isCertificate = CERTIFICATE_FAULTS.test(error.code ?? '')
  return { kind: isCertificate ? 'certificate' : 'tls', reason: reasonOf(error, certificateEndsAt) }
}

/** What the audit log is told. Probes of balancers and scanners that speak no TLS are only counted, as is who is blocked: that was told. */
export function rejectionSeen({ kind, reason }: Rejection, remoteAddress: string): Seen | undefined {
  const message = `A connection was refused: ${reason}.`
  switch (kind) {
    case 'tls':
    case 'blocked':
      return undefined
    case 'crowded':
      return { action: 'limit', outcome: 'denied', rule: kind, message }
    case 'certificate':
      return { action: 'log-in', outcome: 'denied', rule: kind, message, remoteAddress, mechanism: 'certificate' }
    case 'proxy-header':
    case 'unknown-host':
      return { action: 'refuse', outcome: 'denied', rule: kind, message, remoteAddress }
    default:
      return kind satisfies never
  }
}

/** Alerts of clients that do not take our certificate. Java says "unknown" for most that it does not like. */
const DISTRUST = /_ALERT_(CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE|UNKNOWN_CA)$/

function reasonOf(error: Error & { readonly code?: string }, certificateEndsAt: Date): string {
  if (DISTRUST.test(error.code ?? '')) return distrustOf(certificateEndsAt)
  switch (error.code) {
    case 'ERR_SSL_HTTP_REQUEST':
      return 'it spoke HTTP to a Kafka port'
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'ERR_SSL_RECORD_LAYER_FAILURE':
      return 'it did not speak TLS: set security.protocol=SASL_SSL in the client'
    case 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE':
      return 'it showed no certificate'
    case 'ERR_TLS_HANDSHAKE_TIMEOUT':
      return 'it did not finish the TLS handshake in time'
    case 'ECONNRESET':
      return 'it left during the TLS handshake'
    default:
      return `the TLS handshake failed: ${error.message}`
  }
}

function distrustOf(certificateEndsAt: Date): string {
  if (certificateEndsAt.getTime() <= Date.now()) {
    return `it refused the certificate of the gateway, which ended at ${certificateEndsAt.toISOString()}: renew it`
  }
  return 'it refused the certificate of the gateway: give it the CA that signed it, and a host name that stands in it'
}

/** Why a port cannot be bound: `port-taken`, or `config-invalid` for an address that is not of this machine. */
export function cannotListen(cause: NodeJS.ErrnoException, host: string, port: number): KaasError {
  if (cause.code !== 'EADDRINUSE' && cause.code !== 'EACCES') {
    const help = 'Set KAAS_KAFKA_HOST, or the host of the listener, to an address of this machine.'
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
