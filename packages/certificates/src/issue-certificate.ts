// SPDX-License-Identifier: Apache-2.0
/** Server and client certificates signed by a local authority. */
import { webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { ALGORITHM, type CertificateAuthority, type KeyPair, renderCertificate, renderKey } from './authority.ts'

const DAY_MS = 86_400_000
const CERTIFICATE_DAYS = 825

/** What a certificate is for: the first name is also its common name. Names are DNS names or IP addresses. */
export interface ServerNames {
  readonly names: readonly [string, ...string[]]
  /** As in `CN=…,O=io.strimzi`; the subject is the common name only when absent. */
  readonly organization?: string
  readonly now?: Date
}

/**
 * A new key and a certificate for it, usable by servers and clients, valid for 825 days (the longest that Apple's clients
 * take). `certificatePem` is the leaf only; clients trust the authority's certificate.
 */
export async function issueCertificate(authority: CertificateAuthority, request: ServerNames): Promise<KeyPair> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const now = request.now ?? new Date()
  const certificate = await X509CertificateGenerator.create({
    // As written in the certificate: from the root of the name to its leaf. Kafka and RFC 2253 read it the other way round.
    subject: `${request.organization === undefined ? '' : `O=${request.organization},`}CN=${request.names[0]}`,
    issuer: authority.certificate.subject,
    notBefore: new Date(now.getTime() - DAY_MS),
    notAfter: new Date(now.getTime() + CERTIFICATE_DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: authority.signingKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
      await AuthorityKeyIdentifierExtension.create(authority.certificate),
      new SubjectAlternativeNameExtension(
        request.names.map((name) => ({ type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const), value: name })),
      ),
    ],
  })
  return { certificatePem: renderCertificate(certificate), keyPem: await renderKey(keys.privateKey) }
}
