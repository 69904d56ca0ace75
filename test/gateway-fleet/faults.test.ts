// SPDX-License-Identifier: Apache-2.0
/**
 * The story of bad days in production: three brokers, three gateways behind a balancer, and one fault after the other while four
 * producers run. Every record carries its hash, all are read back at the end, and each fault prints how long producers and a reader waited:
 * two producers through the gateways, one past them for comparison, and a neighbour whose broker stays.
 * `KAAS_FAULT_SECONDS` sets how long a broker is frozen or cut off (`npm run test:faults` takes 30).
 */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Broker,
  freePorts,
  type Kafka,
  type Product,
  runProgram,
  startKafka,
  startProduct,
  waitFor,
} from '@kaas/testkit'
import { Kafka as KafkaJs, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTenant, createTopic, createUser } from '../conformance/orders.ts'
import { childOf } from '../system/faults/child-of.ts'
import { type Cable, layCable } from './faults/cable.ts'
import { type HashedLoad, type LoadStates, type LoadStream, startHashedLoad } from './faults/hashed-load.ts'
import { type GatewayFleet, startGatewayFleet } from './gateway-fleet.ts'

const BROKERS = [0, 1, 2] as const
const FAULT_MS = Number(process.env.KAAS_FAULT_SECONDS ?? 4) * 1000
/** After this a producer sends again, to whoever leads the partition then. */
const REQUEST_TIMEOUT_MS = 4000
/** As full as the disk of one broker gets. */
const DISK_BYTES = 4_000_000
/** A neighbour may wait for a busy machine, and for no broker of others: at the full length of a fault that would be 30 s. */
const NEIGHBOUR_MS = 10_000
/** Log-ins meet a silent broker once at each gateway, for five seconds; a busy machine takes its time for the rest. */
const NEWCOMER_MS = 18_000
const TENANT = { workload: { produce: '50MB/s', consume: '150MB/s', retention: '1h', partitions: 20 } }

let kafka: Kafka
let product: Product
let fleet: GatewayFleet
let cables: readonly Cable[] = []
let load: HashedLoad
let victims: readonly Broker[]
/** The broker with the full disk comes back while the next fault happens. */
let returning: Promise<void>
let newcomer: LoadStream | undefined

beforeAll(async () => {
  const ports = await freePorts(BROKERS.length * 2)
  const [near, far] = [ports.slice(0, BROKERS.length), ports.slice(BROKERS.length)]
  cables = await Promise.all(BROKERS.map((node) => layCable(near[node] ?? 0, far[node] ?? 0)))
  kafka = await startKafka({
    brokers: BROKERS.length,
    // Whoever led before leads again as soon as she is back, so that each fault meets a leader.
    properties: { 'leader.imbalance.check.interval.seconds': '1', 'leader.imbalance.per.broker.percentage': '0' },
    // Brokers speak to each other directly; who comes from outside comes by the cable of the broker.
    extraListeners: (node) => [
      { name: 'CABLE', port: far[node] ?? 0, advertisedHost: '127.0.0.1', advertisedPort: near[node] ?? 0 },
    ],
  })
  const bootstrapServers = near.map((port) => `127.0.0.1:${port}`).join(',')
  product = await startProduct({ kafka: { ...kafka, bootstrapServers } })
  const streams = await orderStreams(bootstrapServers)
  fleet = await startGatewayFleet(product, BROKERS.length)
  const target = { bootstrapServers: fleet.bootstrap, caFile: product.caFile, requestTimeoutMs: REQUEST_TIMEOUT_MS }
  load = await startHashedLoad({ ...target, streams })
  newcomer = streams.find(({ name }) => name === 'near')
  const [neighbours] = await leadersOf('shop.near')
  victims = kafka.brokers.filter(({ nodeId }) => nodeId !== neighbours)
})

afterAll(async () => {
  await fleet?.stop()
  await product?.stop()
  await kafka?.stop()
  for (const cable of cables) cable.close()
})

test('a broker is killed', async () => {
  const victim = await leading(0)
  const states = await load.during('killed', () => victim.kill())
  tell('a broker killed', states)
  expectNeighbourWell(states)
  await victim.start()
})

test('a broker is frozen, and thaws', async () => {
  const victim = await leading(1)
  const states = await load.during('frozen', async () => {
    await victim.kill('SIGSTOP')
    const waits = await newcomersWait(FAULT_MS)
    await victim.kill('SIGCONT')
    expect(Math.max(...waits)).toBeLessThan(NEWCOMER_MS)
  })
  tell(`a broker frozen for ${FAULT_MS} ms`, states)
  expectNeighbourWell(states)
})

test('the network between the gateways and one broker is cut, and mended', async () => {
  const { nodeId } = await leading(0)
  const states = await load.during('cut', async () => {
    cables[nodeId]?.cut()
    const waits = await newcomersWait(FAULT_MS)
    cables[nodeId]?.mend()
    expect(Math.max(...waits)).toBeLessThan(NEWCOMER_MS)
  })
  tell(`a network cut for ${FAULT_MS} ms`, states)
  expectNeighbourWell(states)
})

test('the disk of a broker is full', async () => {
  const victim = await leading(1)
  const states = await load.during('full', async () => {
    await runProgram('prlimit', ['--pid', String(victim.pid), `--fsize=${DISK_BYTES}`])
    load.burst(4 * DISK_BYTES)
    await waitFor(() => victim.pid === undefined, { what: 'the broker to end as Kafka does then' })
  })
  tell('the disk of a broker full', states)
  expectNeighbourWell(states)
  returning = victim.start()
})

test('the control plane is killed, and gateways that start meanwhile serve from the last good snapshot', async () => {
  const keeper = product.pid
  const states = await load.during('no control plane', async () => {
    process.kill(keeper, 'SIGSTOP')
    try {
      process.kill(childOf(keeper, 'apps/control-plane/src/main.ts'), 'SIGKILL')
      for (const index of [0, 1, 2]) await fleet.kill(index)
    } finally {
      process.kill(keeper, 'SIGCONT')
    }
  })
  tell('no control plane, and every gateway killed and started', states)
})

test('after all of it no acknowledged record is missing or damaged, and none of an idempotent producer is there twice', async () => {
  await returning
  const account = await load.account()
  console.log(JSON.stringify(account))
  for (const { acknowledged, lost, unread, damaged, failures } of Object.values(account)) {
    expect({ lost, unread, damaged, failures }).toEqual({ lost: 0, unread: 0, damaged: 0, failures: [] })
    expect(acknowledged).toBeGreaterThan(1000)
  }
  expect(account.idempotent?.doubled).toBe(0)
  expect(account.direct?.doubled).toBe(0)
})

/** Producers of `orders` on all brokers, one of them past the gateways, and a neighbour whose partition is led by a broker that stays. */
async function orderStreams(past: string): Promise<readonly LoadStream[]> {
  const streams: LoadStream[] = []
  for (const [name, tenant, partitions, settings] of [
    ['idempotent', 'orders', 3, { 'enable.idempotence': true }],
    ['retrying', 'orders', 3, { acks: 'all' }],
    ['direct', 'orders', 3, { 'enable.idempotence': true }],
    ['near', 'shop', 1, { acks: 1 }],
  ] as const) {
    if (name === 'idempotent' || name === 'near') await createTenant(product.client, tenant, TENANT)
    await createTopic(product.client, tenant, name, { partitions })
    const password = await createUser(product.client, tenant, name, { roles: ['admin'] })
    const where = name === 'direct' ? { topic: `${tenant}.${name}`, bootstrapServers: past } : { topic: name }
    const isRead = name === 'idempotent'
    streams.push({ name, isRead, username: `${tenant}.${name}`, password, partitions, settings, ...where })
  }
  return streams
}

/** One of the brokers that may break, as soon as it leads some of what is produced. */
async function leading(index: 0 | 1): Promise<Broker> {
  const victim = victims[index]
  if (victim === undefined) throw new Error('two of three brokers may break')
  const isLeading = async () => (await leadersOf('orders.idempotent')).includes(victim.nodeId)
  await waitFor(isLeading, { what: `broker ${victim.nodeId} to lead`, pollMs: 200 })
  return victim
}

/** How long clients take that log in meanwhile, one after the other, in milliseconds. */
async function newcomersWait(forMs: number): Promise<readonly number[]> {
  const waits: number[] = []
  for (const until = performance.now() + forMs; performance.now() < until; await sleep(100)) {
    const started = performance.now()
    const client = new KafkaJs({
      brokers: [fleet.bootstrap],
      ssl: { ca: [readFileSync(product.caFile, 'utf8')] },
      sasl: { mechanism: 'scram-sha-512', username: newcomer?.username ?? '', password: newcomer?.password ?? '' },
      connectionTimeout: 20_000,
      authenticationTimeout: 20_000,
      logLevel: logLevel.NOTHING,
    }).admin()
    await client.connect()
    waits.push(Math.round(performance.now() - started))
    await client.disconnect()
  }
  console.log(`${waits.length} clients logged in meanwhile; the slowest took ${Math.max(...waits)} ms`)
  return waits
}

function tell(fault: string, states: LoadStates): void {
  const waits = Object.entries(states).map(([name, { longestWaitMs }]) => `${name} ${longestWaitMs} ms`)
  console.log(`${fault}: longest wait ${waits.join(', ')}; a reader ${states.idempotent?.longestReadWaitMs} ms`)
}

/** Whose partition is led by a broker that is well. */
function expectNeighbourWell(states: LoadStates): void {
  expect(states.near?.longestWaitMs, 'the neighbour').toBeLessThan(NEIGHBOUR_MS)
}

/** Leaders of the partitions of a physical topic. */
async function leadersOf(topic: string): Promise<readonly number[]> {
  const { username, password } = kafka.admin
  const sasl = { mechanism: 'scram-sha-512', username, password } as const
  const admin = new KafkaJs({ brokers: kafka.bootstrapServers.split(','), sasl, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
  await admin.disconnect()
  return topics[0]?.partitions.map(({ leader }) => leader) ?? []
}
