// SPDX-License-Identifier: Apache-2.0
/**
 * The files of the state directory that must exist before anything starts: certificates, tokens, keys. Each is made once
 * and kept; secrets are readable by the owner only.
 */
import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Where everything is. All paths are absolute. */
export interface StatePaths {
  readonly directory: string
  readonly lock: string
  readonly ca: string
  readonly caKey: string
  readonly gatewayCertificate: string
  readonly gatewayKey: string
  readonly token: string
  readonly gatewayToken: string
  /** Of the bootstrap administrator, who signs in to the console with it. */
  readonly administratorPassword: string
  readonly secretsKey: string
  readonly kafkaPassword: string
  readonly serviceCredentials: string
  readonly lastGoodSnapshot: string
  readonly endpoints: string
  readonly kafka: string
  readonly tenantsRepository: string
  readonly logs: string
}

/** The layout of a state directory. */
export function statePathsOf(stateDirectory: string): StatePaths {
  const directory = resolve(stateDirectory)
  const at = (...parts: string[]) => join(directory, ...parts)
  return {
    directory,
    lock: at('lock'),
    ca: at('ca.pem'),
    caKey: at('ca-key.pem'),
    gatewayCertificate: at('gateway.pem'),
    gatewayKey: at('gateway-key.pem'),
    token: at('token'),
    gatewayToken: at('gateway-token'),
    administratorPassword: at('administrator-password'),
    secretsKey: at('secrets.key'),
    kafkaPassword: at('kafka-password'),
    serviceCredentials: at('service-credentials.json'),
    lastGoodSnapshot: at('gateway', 'last-good-snapshot.json'),
    endpoints: at('endpoints.json'),
    kafka: at('kafka'),
    tenantsRepository: at('tenants.git'),
    logs: at('logs'),
  }
}

/** Makes what is missing. An interrupted run is continued by the next one: files are complete or absent. */
export async function prepareState(paths: StatePaths): Promise<void> {
  for (const folder of [paths.directory, dirname(paths.lastGoodSnapshot), paths.logs, paths.kafka]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
  createOnce(paths.token, () => `kaas_${randomBytes(32).toString('base64url')}`)
  createOnce(paths.gatewayToken, () => `kaasgw_${randomBytes(32).toString('base64url')}`)
  createOnce(paths.administratorPassword, newPassword)
  createOnce(paths.secretsKey, () => randomBytes(32).toString('hex'))
  createOnce(paths.kafkaPassword, () => randomBytes(24).toString('base64url'))
  await prepareCertificates(paths)
}

/** The gateway's certificate is for loopback only. */
async function prepareCertificates(paths: StatePaths): Promise<void> {
  if (existsSync(paths.gatewayCertificate)) return
  // Loaded only when needed: it is a third of what local mode loads, and needed once.
  const { createAuthority, issueCertificate, loadAuthority } = await import('@kaas/certificates')
  if (!existsSync(paths.ca)) {
    const created = await createAuthority('KaaS local authority')
    saveSecret(paths.caKey, created.keyPem)
    saveSecret(paths.ca, created.certificatePem)
  }
  const pair = { certificatePem: readFileSync(paths.ca, 'utf8'), keyPem: readFileSync(paths.caKey, 'utf8') }
  const server = await issueCertificate(await loadAuthority(pair), { names: ['localhost', '127.0.0.1', '::1'] })
  saveSecret(paths.gatewayKey, server.keyPem)
  saveSecret(paths.gatewayCertificate, server.certificatePem)
}

/** Twenty letters and digits in groups, without those that look alike: 100 bits that somebody can type. */
function newPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  const text = Array.from({ length: 20 }, () => letters.charAt(randomInt(letters.length))).join('')
  return text.replace(/(.{5})(?=.)/g, '$1-')
}

function createOnce(file: string, content: () => string): void {
  if (!existsSync(file)) saveSecret(file, content())
}

/** Writes a file for the owner only. Not atomic: callers write it before the thing that makes it count. */
export function saveSecret(file: string, content: string): void {
  writeFileSync(file, content, { mode: 0o600 })
}
