// SPDX-License-Identifier: Apache-2.0
/** From the document of a cluster to an administrator of it: addresses, TLS, and the secrets that its files hold. */
import { readFile } from 'node:fs/promises'
import type { KafkaClusterSpec } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { type KafkaAdmin, type KafkaCredentials, openKafkaAdmin } from '@kaas/kafka-admin'

/** How the administrator behaves. */
export interface ClusterAdminOptions {
  /** Shown in the brokers' logs and quotas. */
  readonly clientId: string
  /** For one call to Kafka. */
  readonly callTimeoutMs: number
}

/** What opens administrators; `fingerprint` changes with the spec and with the content of its files. */
export interface PreparedAdmin {
  readonly fingerprint: string
  readonly open: () => KafkaAdmin
}

/** Reads the files that the spec names. Throws `config-invalid` when one cannot be read. */
export async function prepareClusterAdmin(spec: KafkaClusterSpec, options: ClusterAdminOptions): Promise<PreparedAdmin> {
  const secrets = await readSecrets(spec)
  return {
    fingerprint: JSON.stringify([spec.bootstrapServers, spec.tls.enabled, secrets]),
    open: () =>
      openKafkaAdmin({
        bootstrapServers: spec.bootstrapServers,
        ...(spec.tls.enabled ? { tls: secrets.caPem === undefined ? {} : { caPem: secrets.caPem } } : {}),
        ...(secrets.credentials === undefined ? {} : { credentials: secrets.credentials }),
        ...options,
        connectTimeoutMs: Math.min(5_000, options.callTimeoutMs),
      }),
  }
}

/** What the files named in the spec hold. */
interface Secrets {
  readonly caPem?: string
  readonly credentials?: KafkaCredentials
}

async function readSecrets(spec: KafkaClusterSpec): Promise<Secrets> {
  const { admin, tls } = spec
  const caPem = tls.enabled && tls.caFile !== undefined ? await readSecretFile(tls.caFile, 'spec.tls.caFile') : undefined
  const password = admin === undefined ? undefined : await readSecretFile(admin.passwordFile, 'spec.admin.passwordFile')
  return {
    ...(caPem === undefined ? {} : { caPem }),
    ...(admin === undefined || password === undefined
      ? {}
      : { credentials: { username: admin.username, password: password.replace(/\r?\n$/, ''), mechanism: admin.mechanism } }),
  }
}

/** The text of a file that a cluster's document names. Throws `config-invalid` with the path of the field. */
export async function readSecretFile(file: string, field: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const message = `The file ${file}, named in ${field}, cannot be read.`
    const help = 'Check that it exists and that the control plane may read it.'
    throw new KaasError('config-invalid', { message, help, fields: [{ path: field, message }], cause })
  }
}
