// SPDX-License-Identifier: Apache-2.0
/** A certificate authority and one server certificate on disk, for one test. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAuthority, issueCertificate, type KeyPair } from '@kaas/certificates'
import { temporaryDirectory } from './temporary-directory.ts'

/** PEM texts and the files that hold them, and a way to more certificates of the same authority. */
export interface Certificates {
  readonly caPem: string
  readonly caFile: string
  readonly certPem: string
  readonly certFile: string
  readonly keyPem: string
  readonly keyFile: string
  /** Valid for long, or until `end`. */
  issue(names: readonly [string, ...string[]], end?: Date): Promise<KeyPair>
}

/** How long `@kaas/certificates` lets a certificate be valid. */
const VALID_MS = 825 * 86_400_000

/** A server certificate for `localhost`, `127.0.0.1` and `names`, signed by an authority that only this call knows. */
export async function createCertificates(...names: readonly string[]): Promise<Certificates> {
  const authority = await createAuthority('KaaS test authority')
  const server = await issueCertificate(authority, { names: ['localhost', '127.0.0.1', ...names] })
  const folder = temporaryDirectory('certificates')
  const save = (file: string, text: string): string => {
    writeFileSync(join(folder, file), text, { mode: 0o600 })
    return join(folder, file)
  }
  return {
    caPem: authority.certificatePem,
    caFile: save('ca.pem', authority.certificatePem),
    certPem: server.certificatePem,
    certFile: save('server.pem', server.certificatePem),
    keyPem: server.keyPem,
    keyFile: save('server-key.pem', server.keyPem),
    issue: (more, end) =>
      issueCertificate(authority, { names: more, ...(end && { now: new Date(end.getTime() - VALID_MS) }) }),
  }
}
