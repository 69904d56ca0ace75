// SPDX-License-Identifier: Apache-2.0
/** Certificates and keys as files, for clients whose configuration takes paths only: one folder per user, readable by its owner only. */
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writePrivately } from './saved-credentials.ts'

/** What is written; each is absent when the user does not have it. */
export interface SavedCertificates {
  readonly caPem?: string | undefined
  readonly certificatePem?: string | undefined
  readonly keyPem?: string | undefined
}

/** Paths of the files of a user, whether they exist or not. */
export function certificateFilesOf(directory: string, username: string) {
  const folder = join(directory, 'certificates', username)
  return { folder, ca: join(folder, 'ca.crt'), certificate: join(folder, 'user.crt'), key: join(folder, 'user.key') }
}

/** Writes what is given in place of what was there. */
export function saveCertificates(directory: string, username: string, saved: SavedCertificates): void {
  const { folder, ca, certificate, key } = certificateFilesOf(directory, username)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  if (saved.caPem !== undefined) writePrivately(ca, saved.caPem)
  if (saved.certificatePem !== undefined) writePrivately(certificate, saved.certificatePem)
  if (saved.keyPem !== undefined) writePrivately(key, saved.keyPem)
}

/** Forgets the files of `<tenant>.<user>`, or without `user` of all users of the tenant. */
export function forgetCertificates(directory: string, tenant: string, user?: string): void {
  const above = join(directory, 'certificates')
  const belongs = (name: string) => (user === undefined ? name.startsWith(`${tenant}.`) : name === `${tenant}.${user}`)
  for (const name of namesIn(above).filter(belongs)) rmSync(join(above, name), { recursive: true, force: true })
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
