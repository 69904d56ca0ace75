// SPDX-License-Identifier: Apache-2.0
/**
 * A tenant's order holds over all its users and all gateways together, and a neighbour at the same gateways notices nothing. What the
 * gateways saw of it is in the audit log, and in the audit topic.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type KafkaAdmin, openKafkaAdmin } from '@kaas/kafka-admin'
import { type Product, startProduct, waitFor } from '@kaas/testkit'
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTopic } from '../cluster/lane/read-topic.ts'
import { createTenant, createTopic, createUser } from '../conformance/orders.ts'
import { type GatewayFleet, startGatewayFleet } from './gateway-fleet.ts'

const ORDERED_BYTES = 1_000_000
const USERS = ['a', 'b', 'c', 'd'] as const
const VALUE = Buffer.alloc(50_000, 7)
/** Shares follow the load within some reports. */
const SETTLE_MS = 8000
const MEASURE_MS = 10_000

let product: Product
let fleet: GatewayFleet
const open: Producer[] = []

beforeAll(async () => {
  product = await startProduct()
  await createTenant(product.client, 'orders', {
    workload: { produce: '1MB/s', consume: '3MB/s', retention: '1h', partitions: 20 },
  })
  await createTenant(product.client, 'shop')
  for (const tenant of ['orders', 'shop']) await createTopic(product.client, tenant, 'events', { partitions: 4 })
  fleet = await startGatewayFleet(product)
})

afterAll(async () => {
  await Promise.all(open.map((producer) => producer.disconnect().catch(() => {})))
  await fleet?.stop()
  await product?.stop()
})

test('four users at three gateways together produce what was ordered, not four times as much', async () => {
  const producers = await Promise.all(USERS.map((name) => producerOf('orders', name)))
  const neighbour = await producerOf('shop', 'app')
  let sent = 0
  let isOver = false
  const busy = producers.map(async (producer) => {
    while (!isOver) {
      await producer.send({ topic: 'events', acks: -1, messages: [{ value: VALUE }] })
      sent += VALUE.length
    }
  })
  await pause(SETTLE_MS)
  const [before, started] = [sent, performance.now()]
  const waits = await neighbourWaits(neighbour, MEASURE_MS)
  const rate = ((sent - before) / (performance.now() - started)) * 1000
  isOver = true
  await Promise.all(busy)
  console.log(
    `ordered ${ORDERED_BYTES} B/s, measured ${Math.round(rate)} B/s; the neighbour waited at most ${Math.max(...waits)} ms`,
  )
  expect(rate).toBeLessThan(ORDERED_BYTES * 1.15)
  expect(rate).toBeGreaterThan(ORDERED_BYTES * 0.6)
  expect(waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.9)]).toBeLessThan(200)
})

test('what gateways see reaches the audit topic: who logged in, who was refused, limits, and what they serve [R69]', async () => {
  const stranger = clientOf('orders', 'a', 'hunter2-is-wrong').admin()
  await expect(stranger.connect()).rejects.toThrow(/Authentication failed/)
  const admin = await platformKafka()
  const told = async () => (await readTopic(admin, 'system.audit')).map(({ value }) => value?.toString() ?? '')
  const wanted = [
    { action: 'log-in', outcome: 'allowed', actor: 'orders.a', actorKind: 'user', tenant: 'orders', rule: 'credentials' },
    { action: 'log-in', outcome: 'denied', actor: 'anonymous', tenant: 'orders', rule: 'credentials-wrong' },
    { action: 'limit', outcome: 'denied', actorKind: 'gateway', tenant: 'orders', rule: 'rate' },
    { action: 'configure', outcome: 'allowed', actorKind: 'gateway', rule: 'started' },
  ]
  for (const event of wanted) {
    const isThere = async () =>
      (await told()).some((text) => {
        const { data } = JSON.parse(text) as { data: Record<string, unknown> }
        return Object.entries({ ...event, via: 'gateway' }).every(([field, value]) => data[field] === value)
      })
    await waitFor(isThere, { what: `${event.action} ${event.outcome} in the topic` })
  }
  expect((await told()).join()).not.toContain('hunter2')
  expect((await product.client.checkAudit()).problems).toEqual([])
  await admin.close()
})

/** As the platform's administrator, past the gateways: no tenant sees the topic. */
async function platformKafka(): Promise<KafkaAdmin> {
  const { local } = JSON.parse(readFileSync(join(product.stateDirectory, 'service-credentials.json'), 'utf8'))
  const [kind] = (await product.client.kinds()).filter((each) => each.kind === 'KafkaCluster')
  if (kind === undefined) throw new Error('there is a kind KafkaCluster')
  const { spec } = (await product.client.get({ kind, name: 'local' })) as unknown as {
    readonly spec: { readonly bootstrapServers: readonly string[] }
  }
  return openKafkaAdmin({ bootstrapServers: [...spec.bootstrapServers], credentials: local, clientId: 'test' })
}

/** What each of the neighbour's small records takes to be acknowledged. */
async function neighbourWaits(producer: Producer, forMs: number): Promise<readonly number[]> {
  const waits: number[] = []
  for (const until = performance.now() + forMs; performance.now() < until; ) {
    const started = performance.now()
    await producer.send({ topic: 'events', acks: -1, messages: [{ value: 'small' }] })
    waits.push(Math.round(performance.now() - started))
    await pause(50)
  }
  return waits
}

async function producerOf(tenant: string, name: string): Promise<Producer> {
  const password = await createUser(product.client, tenant, name, { roles: ['admin'] })
  const producer = clientOf(tenant, name, password).producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  open.push(producer)
  return producer
}

function clientOf(tenant: string, name: string, password: string): Kafka {
  return new Kafka({
    brokers: [fleet.bootstrap],
    ssl: { ca: [readFileSync(product.caFile, 'utf8')] },
    sasl: { mechanism: 'scram-sha-512', username: `${tenant}.${name}`, password },
    logLevel: logLevel.NOTHING,
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
