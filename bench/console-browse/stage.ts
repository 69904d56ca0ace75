// SPDX-License-Identifier: Apache-2.0
/** What the benchmark of browsing runs on: a real broker, the control plane as a process, a tenant, a topic full of JSON records. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ApiClient, createClient, describeKind } from '@kaas/http-contract'
import { openKafkaAdmin } from '@kaas/kafka-admin'
import { type Compression, writeBatch } from '@kaas/kafka-records'
import { freePort, type Kafka, startKafka, temporaryDirectory, waitFor } from '@kaas/testkit'

/** Bytes of a value. */
export const VALUE_BYTES = 1024
const PARTITIONS = 6
const RECORDS_PER_BATCH = 64
const START = Date.parse('2026-05-01T00:00:00Z')

/** A running product. */
export interface Stage {
  readonly client: ApiClient
  readonly processId: number
  fill(topic: string, count: number, compression: Compression): Promise<void>
  stop(): Promise<void>
}

/** Starts everything, with the tenant `shop` ready. */
export async function openStage(): Promise<Stage> {
  const kafka = await startKafka({ properties: { 'log.segment.bytes': '268435456' } })
  const { client, processId, stop } = await startControlPlane(kafka)
  const metadata = { name: 'shop' }
  const spec = { workload: { produce: '5MB/s', consume: '15MB/s', retention: '7d' }, cluster: 'main' }
  const resource = { kind: describeKind('Tenant'), ...metadata }
  await client.put(resource, { apiVersion: 'kaas.dev/v1', kind: 'Tenant', metadata, spec })
  const isReady = async () =>
    (await client.get(resource)).status?.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  await waitFor(isReady, { what: 'the tenant', timeoutMs: 60_000 })
  return {
    client,
    processId,
    fill: (topic, count, compression) => fillTopic(kafka, topic, count, compression),
    stop: async () => {
      await stop()
      await kafka.stop()
    },
  }
}

async function startControlPlane(kafka: Kafka) {
  const state = temporaryDirectory('bench-browse')
  const port = await freePort()
  const token = randomBytes(16).toString('hex')
  const file = (name: string, text: string) => {
    writeFileSync(join(state, name), text, { mode: 0o600 })
    return join(state, name)
  }
  const admin = { username: kafka.admin.username, passwordFile: kafka.adminPasswordFile, mechanism: 'SCRAM-SHA-512' }
  const spec = { bootstrapServers: kafka.bootstrapServers.split(','), tls: { enabled: false }, admin }
  const cluster = { apiVersion: 'kaas.dev/v1', kind: 'KafkaCluster', metadata: { name: 'main' }, spec }
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../apps/control-plane/src/main.ts', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: homedir(),
      KAAS_API_PORT: String(port),
      KAAS_STATE_DIR: state,
      KAAS_CLUSTERS_FILE: file('clusters.json', JSON.stringify([cluster])),
      KAAS_TOKEN_FILE: file('token', token),
      KAAS_GATEWAY_TOKEN_FILE: file('gateway-token', randomBytes(16).toString('hex')),
      KAAS_SECRETS_KEY_FILE: file('secrets.key', randomBytes(32).toString('hex')),
    },
  })
  const url = `http://127.0.0.1:${port}`
  await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { what: 'the control plane', timeoutMs: 60_000 })
  const stop = async () => {
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await exited
  }
  return { client: createClient({ baseUrl: url, token, fetch }), processId: child.pid ?? 0, stop }
}

async function fillTopic(kafka: Kafka, topic: string, count: number, compression: Compression): Promise<void> {
  const credentials = { ...kafka.admin, mechanism: 'SCRAM-SHA-512' } as const
  const admin = openKafkaAdmin({ bootstrapServers: [kafka.bootstrapServers], credentials })
  const name = `shop.${topic}`
  await admin.createTopic({ name, partitions: PARTITIONS, configs: { 'retention.ms': '-1' } })
  for (let first = 0; first < count; first += PARTITIONS * RECORDS_PER_BATCH) {
    const batches = Array.from({ length: PARTITIONS }, (_, partition) => {
      const records = Array.from({ length: RECORDS_PER_BATCH }, (_, index) =>
        recordOf(first + index * PARTITIONS + partition),
      )
      return { topic: name, partition, batch: writeBatch(records, compression) }
    })
    const refused = (await admin.produce(batches)).find(({ problem }) => problem !== undefined)
    if (refused?.problem !== undefined) throw refused.problem
  }
  await admin.close()
}

/** An order of 1 KiB, a millisecond after the one before. */
function recordOf(index: number) {
  const order = {
    id: index,
    customer: { id: `customer-${index % 5000}`, country: ['DE', 'FR', 'NL', 'PL'][index % 4], segment: 'retail' },
    total: (index * 7919) % 100_000,
    lines: Array.from({ length: 8 }, (_, line) => ({
      sku: `sku-${index % 977}-${line}`,
      quantity: line + 1,
      price: 9.5 * line,
    })),
    note: '',
  }
  const missing = VALUE_BYTES - Buffer.byteLength(JSON.stringify(order))
  const value = Buffer.from(JSON.stringify({ ...order, note: 'n'.repeat(Math.max(0, missing)) }))
  return { key: Buffer.from(order.customer.id), value, timestamp: START + index }
}
