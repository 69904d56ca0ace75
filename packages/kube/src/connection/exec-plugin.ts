// SPDX-License-Identifier: Apache-2.0
/** Runs the program that a kubeconfig names to get credentials (`exec`; client.authentication.k8s.io). Nothing is kept here. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { KaasError } from '@kaas/errors'
import { z } from 'zod'
import type { ExecPlugin, KubeAccess } from './kubeconfig.ts'

/** What the program printed. Without `expiresAt` it is good until the API server refuses it. */
export interface ExecCredential {
  readonly token: string | undefined
  readonly certificate: { readonly certificate: string; readonly key: string } | undefined
  readonly expiresAt: Date | undefined
}

const LONGEST_RUN_MS = 60_000
const MOST_OUTPUT_BYTES = 1024 * 1024

const outputSchema = z.object({
  kind: z.literal('ExecCredential'),
  status: z.object({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
    expirationTimestamp: z.string().optional(),
  }),
})

/** Credentials for `access`. Throws `kubernetes-refused` with the program's own words when it fails or prints something else. */
export async function runExecPlugin(
  plugin: ExecPlugin,
  access: KubeAccess,
  authority: string | undefined,
): Promise<ExecCredential> {
  const output = await outputOf(plugin, infoFor(plugin, access, authority))
  let status: z.infer<typeof outputSchema>['status']
  try {
    status = outputSchema.parse(JSON.parse(output)).status
  } catch {
    throw failed(plugin, 'it did not print an ExecCredential')
  }
  const { token, clientCertificateData: certificate, clientKeyData: key, expirationTimestamp } = status
  const pair = certificate !== undefined && key !== undefined ? { certificate, key } : undefined
  if (token === undefined && pair === undefined)
    throw failed(plugin, 'it printed neither a token nor a certificate with its key')
  return { token, certificate: pair, expiresAt: timeOf(expirationTimestamp) }
}

async function outputOf(plugin: ExecPlugin, info: string): Promise<string> {
  const env = { ...process.env, ...plugin.env, KUBERNETES_EXEC_INFO: info }
  try {
    const options = { env, timeout: LONGEST_RUN_MS, maxBuffer: MOST_OUTPUT_BYTES, encoding: 'utf8' } as const
    return (await promisify(execFile)(plugin.command, [...plugin.args], options)).stdout
  } catch (error) {
    throw failed(plugin, wordsOf(error))
  }
}

function infoFor(plugin: ExecPlugin, access: KubeAccess, authority: string | undefined): string {
  const cluster = {
    server: access.server,
    'tls-server-name': access.serverName,
    'insecure-skip-tls-verify': access.isInsecure || undefined,
    'certificate-authority-data': authority === undefined ? undefined : Buffer.from(authority).toString('base64'),
    'proxy-url': access.proxyUrl,
  }
  return JSON.stringify({
    apiVersion: plugin.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(plugin.provideClusterInfo ? { cluster } : {}) },
  })
}

function timeOf(text: string | undefined): Date | undefined {
  const time = new Date(text ?? Number.NaN)
  return Number.isNaN(time.getTime()) ? undefined : time
}

/** What it wrote to standard error; its output is left out because it may be a token. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'ENOENT') return 'there is no such program'
  if ('killed' in error && error.killed === true) return `it did not end within ${LONGEST_RUN_MS / 1000} s`
  const words = 'stderr' in error ? String(error.stderr).trim().slice(-300) : ''
  return words === '' ? `it ended with ${'code' in error ? String(error.code) : 'an error'}` : words
}

function failed(plugin: ExecPlugin, why: string): KaasError {
  return new KaasError('kubernetes-refused', {
    message: `The program "${plugin.command}", which the kubeconfig names for logging in, failed: ${why}.`,
    help: plugin.installHint ?? 'Run it by hand with the same arguments and environment.',
  })
}
