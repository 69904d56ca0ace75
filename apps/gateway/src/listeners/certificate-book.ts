// SPDX-License-Identifier: Apache-2.0
/**
 * The certificates of one listener: which one answers for which host name, and whose clients' certificates are believed. A book is
 * never changed; a renewed one takes its place.
 */
import { constants, X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls'
import { KaasError } from '@kaas/errors'
import type { CertifiedUser } from '../sasl/certificate-login.ts'
import { PrincipalRules } from './principal-rules.ts'
import { renderSubject } from './render-subject.ts'

/** A certificate chain and its private key, in PEM. */
export interface KeyPair {
  readonly certPem: string
  readonly keyPem: string
}

/** Whose certificates are believed, and what their subjects mean. */
export interface ClientCertificates {
  readonly caPem: string
  /** List of certificates that were taken back (CRL), in PEM. With a list that is out of date nobody gets in. */
  readonly revokedPem?: string | undefined
  /** In Kafka's syntax: `RULE:^CN=([^,]+).*$/$1/`. */
  readonly rules: string
}

/** Certificates by the names they are for. */
export class CertificateBook {
  /** For clients that name no host, or one that no certificate names. */
  readonly first: SecureContextOptions
  /** When the first of them ends. */
  readonly endsAt: Date
  readonly #byName = new Map<string, SecureContext>()
  readonly #rules: PrincipalRules | undefined

  /** The earlier pair wins where two name the same host. Throws `config-invalid` for a pair that is not one, or for none. */
  constructor(pairs: readonly KeyPair[], clients: ClientCertificates | undefined) {
    const opened = pairs.map((pair) => openPair(pair, clients))
    const [first] = opened
    if (first === undefined) throw new KaasError('config-invalid', { message: 'A listener needs a certificate.' })
    this.first = first.options
    this.endsAt = new Date(Math.min(...opened.map(({ endsAt }) => endsAt)))
    this.#rules = clients === undefined ? undefined : new PrincipalRules(clients.rules)
    for (const { names, context } of opened) {
      for (const name of names) if (!this.#byName.has(name)) this.#byName.set(name, context)
    }
  }

  /** Whether clients must show a certificate. */
  get asksClients(): boolean {
    return this.#rules !== undefined
  }

  /** The certificate for a host name, its own or a wildcard of its parent; undefined when no certificate covers it. */
  contextFor(hostName: string): SecureContext | undefined {
    const name = hostName.toLowerCase()
    return this.#byName.get(name) ?? this.#byName.get(`*${name.slice(name.indexOf('.'))}`)
  }

  /** Who a verified certificate says it is; a name that no rule knows becomes nobody's. Undefined where clients need none. */
  userOf(certificate: X509Certificate | undefined): CertifiedUser | undefined {
    if (this.#rules === undefined || certificate === undefined) return undefined
    const user = this.#rules.userFor(renderSubject(certificate.subject)) ?? ''
    return { user, endsAtMs: Date.parse(certificate.validTo) }
  }
}

/** Clients of TLS 1.2 could ask for new keys again and again, each time at our cost. Kafka clients never do. */
const secureOptions = constants.SSL_OP_NO_RENEGOTIATION

function openPair({ certPem, keyPem }: KeyPair, clients: ClientCertificates | undefined) {
  try {
    const certificate = new X509Certificate(certPem)
    const names = (certificate.subjectAltName ?? '')
      .split(', ')
      .filter((name) => name.startsWith('DNS:'))
      .map((name) => name.slice('DNS:'.length).toLowerCase())
    const revoked = clients?.revokedPem === undefined ? {} : { crl: clients.revokedPem }
    const trust = clients === undefined ? {} : { ca: clients.caPem, ...revoked }
    const options: SecureContextOptions = { cert: certPem, key: keyPem, minVersion: 'TLSv1.2', secureOptions, ...trust }
    return { names, options, context: createSecureContext(options), endsAt: Date.parse(certificate.validTo) }
  } catch (cause) {
    throw new KaasError('config-invalid', {
      message: `A certificate cannot be used with its key: ${cause instanceof Error ? cause.message : cause}.`,
      help: 'Give a chain and the private key of its first certificate, both in PEM.',
      cause,
    })
  }
}
