// SPDX-License-Identifier: Apache-2.0
/** The control plane as a process of its own, as in production, for benchmarks of what the console asks. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ApiClient, createClient, describeKind } from '@kaas/http-contract'
import { freePort, type Kafka, temporaryDirectory, waitFor } from '@kaas/testkit'

const MAIN = fileURLToPath(new URL('../../apps/control-plane/src/main.ts', import.meta.url))

/** What it runs with: one Kafka cluster, `main`, if any, and the embedded database unless `env` names another. */
export interface ControlPlaneOptions {
  readonly kafka?: Kafka
  readonly env?: Readonly<Record<string, string>>
  /** Variables that name a file, with the text of the file. */
  readonly files?: Readonly<Record<string, string>>
  /** Where it keeps its state; a temporary folder when absent. */
  readonly folder?: string
}

/** A running one. `client` is the platform's administrator. */
export interface ControlPlane {
  readonly url: string
  readonly client: ApiClient
  readonly processId: number
  stop(): Promise<void>
}

/** Starts it and resolves when it is ready. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { kafka, env = {}, files = {}, folder = temporaryDirectory('bench-control-plane') } = options
  const token = randomBytes(16).toString('hex')
  const port = await freePort()
  const texts = {
    KAAS_TOKEN_FILE: token,
    KAAS_GATEWAY_TOKEN_FILE: randomBytes(16).toString('hex'),
    KAAS_SECRETS_KEY_FILE: randomBytes(32).toString('hex'),
    ...(kafka !== undefined && { KAAS_CLUSTERS_FILE: clustersFile(kafka) }),
    ...files,
  }
  const written = Object.entries(texts).map(([name, text]) => [name, writeSecret(folder, name, text)])
  const own = { KAAS_API_PORT: String(port), KAAS_STATE_DIR: folder, KAAS_LOG_LEVEL: 'warn' }
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...own, ...Object.fromEntries(written), ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { what: 'the control plane', timeoutMs: 60_000 })
  return {
    url,
    client: createClient({ baseUrl: url, token, fetch }),
    processId: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function clustersFile(kafka: Kafka): string {
  const admin = { username: kafka.admin.username, passwordFile: kafka.adminPasswordFile }
  const spec = { bootstrapServers: kafka.bootstrapServers.split(','), admin }
  return JSON.stringify([{ apiVersion: 'kaas.dev/v1', kind: 'KafkaCluster', metadata: { name: 'main' }, spec }])
}

function writeSecret(folder: string, name: string, text: string): string {
  const file = join(folder, `${name}.json`)
  writeFileSync(file, text, { mode: 0o600 })
  return file
}

/** Orders a virtual tenant on `main` and resolves when it is ready. With `adopt` it takes what carries its prefix already. */
export async function orderTenant(client: ApiClient, name: string, partitions: number, adopt = false): Promise<void> {
  const resource = { kind: describeKind('Tenant'), name }
  const workload = { produce: '5MB/s', consume: '15MB/s', retention: '7d', partitions }
  const spec = { workload, cluster: 'main', ...(adopt && { adopt }) }
  await waitFor(() => client.put(resource, { apiVersion: 'kaas.dev/v1', kind: 'Tenant', metadata: { name }, spec }), {
    what: 'the order to be taken',
    timeoutMs: 60_000,
    pollMs: 500,
  })
  const ready = async () =>
    (await client.get(resource)).status?.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  await waitFor(ready, { what: 'the tenant', timeoutMs: 120_000 })
}
