// SPDX-License-Identifier: Apache-2.0
/** A certificate authority of this machine: made once, read back from PEM. Nothing here touches files. */
import 'reflect-metadata' // @peculiar/x509 needs it before itself.
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** The keys and signatures of the product: ECDSA on P-256 with SHA-256, which every TLS client knows. */
export const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

const DAY_MS = 86_400_000
const AUTHORITY_DAYS = 3650

/** A certificate and its private key, both PEM (the key as PKCS#8, which Java key stores ask for). */
export interface KeyPair {
  readonly certificatePem: string
  readonly keyPem: string
}

/** An authority that can sign. `keyPem` is a secret: 0600, and never sent anywhere. */
export interface CertificateAuthority extends KeyPair {
  readonly certificate: X509Certificate
  readonly signingKey: webcrypto.CryptoKey
}

/** A new authority, valid for ten years from one day before `now` (clocks of clients may be behind). */
export async function createAuthority(commonName: string, now = new Date()): Promise<CertificateAuthority> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    notBefore: new Date(now.getTime() - DAY_MS),
    notAfter: new Date(now.getTime() + AUTHORITY_DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  const keyPem = await renderKey(keys.privateKey)
  return { certificate, signingKey: keys.privateKey, certificatePem: renderCertificate(certificate), keyPem }
}

/** The authority that `createAuthority` made, from its PEM files. Throws what the parser says when they are damaged. */
export async function loadAuthority(pair: KeyPair): Promise<CertificateAuthority> {
  const certificate = new X509Certificate(pair.certificatePem)
  const [der] = PemConverter.decode(pair.keyPem)
  if (der === undefined) throw new Error('The key file of the certificate authority holds no PEM block.')
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, true, ['sign'])
  return { ...pair, certificate, signingKey }
}

/** PKCS#8 in PEM. */
export async function renderKey(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`
}

/** PEM with a line end, as files hold it. */
export function renderCertificate(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`
}
