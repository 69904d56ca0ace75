// SPDX-License-Identifier: Apache-2.0
/** The certificates of one listener: which one answers for which host name. A book is never changed; a renewed one takes its place. */
import { X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import { KaasError } from '@kaas/errors'

/** A certificate chain and its private key, in PEM. */
export interface KeyPair {
  readonly certPem: string
  readonly keyPem: string
}

/** Certificates by the names they are for. */
export class CertificateBook {
  /** For clients that name no host, or one that no certificate names. */
  readonly first: KeyPair
  /** When the first of them ends. */
  readonly endsAt: Date
  readonly #byName = new Map<string, SecureContext>()

  /** The earlier pair wins where two name the same host. Throws `config-invalid` for a pair that is not one, or for none. */
  constructor(pairs: readonly KeyPair[]) {
    const opened = pairs.map(openPair)
    const [first] = pairs
    if (first === undefined) throw new KaasError('config-invalid', { message: 'A listener needs a certificate.' })
    this.first = first
    this.endsAt = new Date(Math.min(...opened.map(({ endsAt }) => endsAt)))
    for (const { names, context } of opened) {
      for (const name of names) if (!this.#byName.has(name)) this.#byName.set(name, context)
    }
  }

  /** The certificate for a host name, its own or a wildcard of its parent; undefined when no certificate covers it. */
  contextFor(hostName: string): SecureContext | undefined {
    const name = hostName.toLowerCase()
    return this.#byName.get(name) ?? this.#byName.get(`*${name.slice(name.indexOf('.'))}`)
  }
}

function openPair({ certPem, keyPem }: KeyPair) {
  try {
    const certificate = new X509Certificate(certPem)
    const names = (certificate.subjectAltName ?? '')
      .split(', ')
      .filter((name) => name.startsWith('DNS:'))
      .map((name) => name.slice('DNS:'.length).toLowerCase())
    const context = createSecureContext({ cert: certPem, key: keyPem, minVersion: 'TLSv1.2' })
    return { names, context, endsAt: Date.parse(certificate.validTo) }
  } catch (cause) {
    throw new KaasError('config-invalid', {
      message: `A certificate cannot be used with its key: ${cause instanceof Error ? cause.message : cause}.`,
      help: 'Give a chain and the private key of its first certificate, both in PEM.',
      cause,
    })
  }
}
