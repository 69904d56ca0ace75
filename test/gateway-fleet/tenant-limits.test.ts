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
const ORDERED_REQUESTS = 20
/** New ones a second. */
const ORDERED_CONNECTIONS = 2
const STORM = 8
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
  const common = { produce: '5MB/s', retention: '1h', partitions: 20 }
  await createTenant(product.client, 'chatty', { workload: { ...common, requestsPerSecond: ORDERED_REQUESTS } })
  await createTenant(product.client, 'stormy', { workload: { ...common, connectionsPerSecond: ORDERED_CONNECTIONS } })
  for (const tenant of ['orders', 'shop', 'chatty']) await createTopic(product.client, tenant, 'events', { partitions: 4 })
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
  const load = startLoad(producers, VALUE)
  await pause(SETTLE_MS)
  const [before, started] = [load.waits.length, performance.now()]
  const waits = await neighbourWaits(neighbour, MEASURE_MS)
  const rate = ((load.waits.length - before) * VALUE.length * 1000) / (performance.now() - started)
  await load.stop()
  console.log(
    `ordered ${ORDERED_BYTES} B/s, measured ${Math.round(rate)} B/s; the neighbour waited at most ${Math.max(...waits)} ms`,
  )
  // Without knowing of each other, three gateways would let three times as much pass.
  expect(rate).toBeLessThan(ORDERED_BYTES * 1.5)
  expect(rate).toBeGreaterThan(ORDERED_BYTES * 0.4)
  expect(medianOf(waits)).toBeLessThan(medianOf(load.waits))
})

test('four users at three gateways together send as many requests as were ordered, however small, while their neighbour waits for none', async () => {
  const producers = await Promise.all(USERS.map((name) => producerOf('chatty', name)))
  const neighbour = await producerOf('shop', 'other')
  const load = startLoad(producers, 'tiny')
  const seconds = await stormSeconds()
  const [before, started] = [load.waits.length, performance.now()]
  const waits = await neighbourWaits(neighbour, MEASURE_MS / 2)
  const rate = ((load.waits.length - before) / (performance.now() - started)) * 1000
  await load.stop()
  console.log(
    `ordered ${ORDERED_REQUESTS} requests/s, measured ${rate.toFixed(1)}; the storm of log-ins took ${seconds.toFixed(1)} s`,
  )
  expect(rate).toBeLessThan(ORDERED_REQUESTS * 1.5)
  expect(medianOf(waits)).toBeLessThan(medianOf(load.waits))
  // A second's worth at once, and one more at each gateway, which its next one waits for.
  expect(seconds).toBeGreaterThan((STORM - 3 - ORDERED_CONNECTIONS) / ORDERED_CONNECTIONS)
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
    { action: 'limit', outcome: 'denied', actorKind: 'gateway', tenant: 'chatty', rule: 'request-rate' },
    { action: 'limit', outcome: 'denied', actorKind: 'gateway', tenant: 'stormy', rule: 'connection-rate' },
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

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Each producer sends the next record when the one before it was acknowledged; `waits` is how long each took, in milliseconds. */
function startLoad(producers: readonly Producer[], value: string | Buffer) {
  const waits: number[] = []
  let isOver = false
  const running = producers.map(async (producer) => {
    while (!isOver) {
      const began = performance.now()
      await producer.send({ topic: 'events', acks: -1, messages: [{ value }] })
      waits.push(performance.now() - began)
    }
  })
  const stop = async () => {
    isOver = true
    await Promise.all(running)
  }
  return { waits, stop }
}

/** How long it takes until all clients of a storm are connected. */
async function stormSeconds(): Promise<number> {
  const password = await createUser(product.client, 'stormy', 'app', { roles: ['admin'] })
  const clients = Array.from({ length: STORM }, () => clientOf('stormy', 'app', password).producer())
  const started = performance.now()
  await Promise.all(clients.map((client) => client.connect()))
  const seconds = (performance.now() - started) / 1000
  await Promise.all(clients.map((client) => client.disconnect()))
  return seconds
}

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
