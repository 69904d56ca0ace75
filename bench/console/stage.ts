// SPDX-License-Identifier: Apache-2.0
/** What the benchmark of browsing runs on: a real broker, the control plane as a process, a tenant, a topic full of JSON records. */
import type { ApiClient } from '@kaas/http-contract'
import { openKafkaAdmin } from '@kaas/kafka-admin'
import { type Compression, writeBatch } from '@kaas/kafka-records'
import { type Kafka, startKafka } from '@kaas/testkit'
import { orderTenant, startBenchControlPlane } from './control-plane.ts'

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
  const { client, child, stop } = await startBenchControlPlane({ kafka })
  await orderTenant(client, 'shop', 100)
  return {
    client,
    processId: child.pid ?? 0,
    fill: (topic, count, compression) => fillTopic(kafka, topic, count, compression),
    stop: async () => {
      await stop()
      await kafka.stop()
    },
  }
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
