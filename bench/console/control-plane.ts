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

/** What it runs with. Without `databaseUrl` on the embedded database. */
export interface ControlPlaneOptions {
  readonly kafka: Kafka
  readonly databaseUrl?: string
  /** The text of the file of KAAS_SIGN_IN_FILE. */
  readonly signIn?: string
}

/** A running one. `client` is the platform's administrator. */
export interface ControlPlane {
  readonly url: string
  readonly client: ApiClient
  readonly processId: number
  stop(): Promise<void>
}

/** Starts it with one Kafka cluster, `main`. */
export async function startControlPlane({ kafka, databaseUrl, signIn }: ControlPlaneOptions): Promise<ControlPlane> {
  const folder = temporaryDirectory('bench-console')
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const token = randomBytes(16).toString('hex')
  const port = await freePort()
  const admin = { username: kafka.admin.username, passwordFile: kafka.adminPasswordFile }
  const spec = { bootstrapServers: kafka.bootstrapServers.split(','), admin }
  const cluster = { apiVersion: 'kaas.dev/v1', kind: 'KafkaCluster', metadata: { name: 'main' }, spec }
  const env = {
    ...process.env,
    KAAS_API_PORT: String(port),
    KAAS_STATE_DIR: folder,
    KAAS_TOKEN_FILE: file('token', token),
    KAAS_GATEWAY_TOKEN_FILE: file('gateway-token', randomBytes(16).toString('hex')),
    KAAS_SECRETS_KEY_FILE: file('secrets.key', randomBytes(32).toString('hex')),
    KAAS_CLUSTERS_FILE: file('clusters.json', JSON.stringify([cluster])),
    KAAS_LOG_LEVEL: 'warn',
    ...(databaseUrl !== undefined && { KAAS_DATABASE_URL: databaseUrl }),
    ...(signIn !== undefined && { KAAS_SIGN_IN_FILE: file('sign-in.json', signIn) }),
  }
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'inherit', 'inherit'] })
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
