// SPDX-License-Identifier: Apache-2.0
/** A gateway of several processes before a cluster, on a snapshot from its disk, with room for as many connections as are asked for. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GatewaySnapshot } from '@kaas/domain'
import { type Certificates, freePorts, type Kafka, temporaryDirectory, waitFor } from '@kaas/testkit'

const MAIN = fileURLToPath(new URL('../../apps/gateway/src/main.ts', import.meta.url))

/** A gateway that is ready. Call `stop`. */
export interface RoomyGateway {
  readonly port: number
  readonly pid: number
  /** Client connections that are open, as its metrics say. */
  connections(): Promise<number>
  stop(): Promise<void>
}

/** Starts it for the one tenant. */
export async function startRoomyGateway(
  kafka: Kafka,
  tenant: string,
  certificates: Certificates,
  processes: number,
): Promise<RoomyGateway> {
  const directory = temporaryDirectory('bench-idle')
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text, { mode: 0o600 })
    return join(directory, name)
  }
  const [port = 0, , , health = 0] = await freePorts(4)
  const env = {
    ...process.env,
    KAAS_KAFKA_PORT: String(port),
    KAAS_GATEWAY_HEALTH_PORT: String(health),
    KAAS_GATEWAY_CERTIFICATE_FILE: certificates.certFile,
    KAAS_GATEWAY_KEY_FILE: certificates.keyFile,
    KAAS_GATEWAY_PROCESSES: String(processes),
    KAAS_GATEWAY_LOGIN_TIMEOUT: '1m',
    KAAS_GATEWAY_DRAIN: '1s',
    KAAS_SNAPSHOT_URL: 'http://127.0.0.1:1/',
    KAAS_SNAPSHOT_TOKEN_FILE: file('token', 'unused'),
    KAAS_SNAPSHOT_FILE: file('snapshot.json', JSON.stringify(snapshotFor(kafka, tenant))),
    KAAS_LOG_LEVEL: 'silent',
  }
  const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'ignore', 'inherit'], env })
  const page = (path: string) => fetch(`http://127.0.0.1:${health}${path}`)
  await waitFor(async () => (await page('/readyz')).ok, { what: 'the gateway to be ready', timeoutMs: 60_000 })
  return {
    port,
    pid: child.pid ?? 0,
    connections: async () =>
      Number(/^kaas_gateway_connections (\d+)$/m.exec(await (await page('/metrics')).text())?.[1] ?? Number.NaN),
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

function snapshotFor(kafka: Kafka, name: string): GatewaySnapshot {
  const brokers = kafka.brokers.map(({ nodeId, port }) => ({ nodeId, host: kafka.host, port }))
  const limits = { partitions: 1000, retentionMs: 7 * 86_400_000, connections: 1_000_000 }
  return {
    version: 1,
    clusters: [{ name: 'local', bootstrapServers: kafka.bootstrapServers.split(','), tls: { enabled: false }, brokers }],
    tenants: [{ name, cluster: 'local', limits, paused: false }],
  }
}
