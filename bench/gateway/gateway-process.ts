// SPDX-License-Identifier: Apache-2.0
/** Our gateway as a process of its own, on a snapshot that it finds on disk: the control plane is not part of the questions asked here. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GatewaySnapshot } from '@kaas/domain'
import { type Certificates, freePorts, type Kafka, temporaryDirectory, tiedToParent, waitFor } from '@kaas/testkit'

const MAIN = fileURLToPath(new URL('../../apps/gateway/src/main.ts', import.meta.url))

/** A gateway that is ready. */
export interface GatewayProcess {
  /** Of the bootstrap; broker 0 has the next one. */
  readonly port: number
  readonly pid: number
  stop(): Promise<void>
}

/** Starts it; `administrator` is its own identity at the cluster. */
export async function startGatewayProcess(
  snapshot: GatewaySnapshot,
  certificates: Certificates,
  administrator?: Kafka['admin'],
): Promise<GatewayProcess> {
  const directory = temporaryDirectory('bench-gateway')
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text, { mode: 0o600 })
    return join(directory, name)
  }
  const [port = 0, , health = 0] = await freePorts(3)
  const local = { ...administrator, mechanism: 'SCRAM-SHA-512' }
  const service = administrator && { KAAS_SERVICE_CREDENTIALS_FILE: file('service.json', JSON.stringify({ local })) }
  const [command = process.execPath, ...args] = tiedToParent('TERM', [process.execPath, MAIN])
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...service,
      KAAS_KAFKA_PORT: String(port),
      KAAS_GATEWAY_HEALTH_PORT: String(health),
      KAAS_GATEWAY_CERTIFICATE_FILE: certificates.certFile,
      KAAS_GATEWAY_KEY_FILE: certificates.keyFile,
      KAAS_GATEWAY_UNAUTHENTICATED_CONNECTIONS: '10000',
      KAAS_GATEWAY_DRAIN: '1s',
      KAAS_SNAPSHOT_URL: 'http://127.0.0.1:1/',
      KAAS_SNAPSHOT_TOKEN_FILE: file('token', 'unused'),
      KAAS_SNAPSHOT_FILE: file('snapshot.json', JSON.stringify(snapshot)),
      KAAS_LOG_LEVEL: 'silent',
    },
  })
  const ready = `http://127.0.0.1:${health}/readyz`
  await waitFor(async () => (await fetch(ready)).ok, { what: 'the gateway to be ready', timeoutMs: 20_000 })
  const stop = async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return { port, pid: child.pid ?? 0, stop }
}

/** What a tenant may move, for those that are not to be held. */
const UNLIMITED = { partitions: 1000, retentionMs: 7 * 86_400_000, connections: 10_000 }

/** One cluster, `local`, and tenants with these limits over those that hold nobody. */
export function snapshotOf(
  kafka: Pick<Kafka, 'host' | 'ports' | 'bootstrapServers'>,
  tenants: readonly { readonly name: string; readonly limits?: Partial<GatewaySnapshot['tenants'][number]['limits']> }[],
): GatewaySnapshot {
  const brokers = [{ nodeId: 0, host: kafka.host, port: kafka.ports[0] ?? 0 }]
  return {
    version: 1,
    clusters: [{ name: 'local', bootstrapServers: [kafka.bootstrapServers], tls: { enabled: false }, brokers }],
    tenants: tenants.map(({ name, limits }) => ({
      ...{ name, cluster: 'local', paused: false },
      limits: { ...UNLIMITED, ...limits },
    })),
  }
}
