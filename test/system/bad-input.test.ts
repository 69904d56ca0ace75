// SPDX-License-Identifier: Apache-2.0
/** What people do wrong, and what they may not do: each is told so, nothing of it is made, and neighbours notice nothing. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { API_VERSION } from '@kaas/domain'
import { describeKind } from '@kaas/http-contract'
import { type Product, quickOnce, startProduct, waitFor } from '@kaas/testkit'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTenant, createTopic, createUser } from '../conformance/orders.ts'

const KAAS = fileURLToPath(new URL('../../apps/cli/bin/kaas.js', import.meta.url))
const TOO_LONG_MS = String(8 * 24 * 3_600_000)

interface Login {
  readonly username: string
  readonly password: string
  readonly mechanism?: 'scram-sha-256' | 'scram-sha-512'
}

let product: Product
let admin: Login
let reader: Login
let writer: Login
let neighbour: Login

beforeAll(async () => {
  product = await startProduct()
  const { client } = product
  await Promise.all([createTenant(client, 'orders'), createTenant(client, 'billing')])
  await createTopic(client, 'orders', 'payments', { partitions: 2 })
  const login = async (tenant: string, name: string, role: string): Promise<Login> => ({
    username: `${tenant}.${name}`,
    password: await createUser(client, tenant, name, { roles: [role] }),
  })
  admin = await login('orders', 'app', 'admin')
  reader = await login('orders', 'reader', 'consumer')
  writer = await login('orders', 'writer', 'producer')
  neighbour = await login('billing', 'app', 'admin')
})

afterAll(() => product?.stop())

describe('a topic beyond what the tenant ordered is refused, and the limit is named', () => {
  test.each([
    ['partitions', ['--partitions', '500'], /500 partitions.*has 98 left of 100/],
    ['retention', ['--partitions', '1', '--config', `retention.ms=${TOO_LONG_MS}`], /the tenant ordered 7d/],
  ])('by the command line: %s', async (_, options, message) => {
    const { exit, err } = await kaas(['create', 'topic', 'large', '--tenant', 'orders', ...options])
    expect(err).toMatch(message)
    expect(exit).toBe(7)
  })

  test.each([
    ['partitions', { partitions: 500 }],
    ['retention', { partitions: 1, config: { 'retention.ms': TOO_LONG_MS } }],
  ])('by the API: %s', async (_, spec) => {
    const metadata = { name: 'large', tenant: 'orders' }
    const written = product.client.put(
      { kind: describeKind('Topic'), ...metadata },
      { apiVersion: API_VERSION, kind: 'Topic', metadata, spec },
    )
    await expect(written).rejects.toMatchObject({ code: 'limit-exceeded' })
  })

  test.each([
    ['partitions', { numPartitions: 500 }],
    ['retention', { configEntries: [{ name: 'retention.ms', value: TOO_LONG_MS }] }],
    ['retention without end', { configEntries: [{ name: 'retention.ms', value: '-1' }] }],
  ])('by a Kafka client: %s', async (_, order) => {
    const client = kafkaAs(admin).admin()
    await client.connect()
    const created = client.createTopics({ topics: [{ topic: 'large', replicationFactor: 1, ...order }] })
    await expect(created).rejects.toMatchObject({ errors: [{ type: 'POLICY_VIOLATION' }] })
    expect(await client.listTopics()).toEqual(['payments'])
    await client.disconnect()
  })

  test('by a Kafka client that lets a topic grow', async () => {
    const client = kafkaAs(admin).admin()
    await client.connect()
    const grown = client.createPartitions({ topicPartitions: [{ topic: 'payments', count: 500 }] })
    await expect(grown).rejects.toMatchObject({ type: 'POLICY_VIOLATION' })
    await client.disconnect()
  })
})

describe('a user may do what the role says', () => {
  test('a producer writes, and reads in no group', async () => {
    await send(writer, 'payments', 'from the writer')
    await expect(readOne(writer, 'payments')).rejects.toMatchObject({ name: 'KafkaJSGroupCoordinatorNotFound' })
  })

  test('a consumer reads, and writes nothing', async () => {
    await expect(send(reader, 'payments', 'from the reader')).rejects.toMatchObject({ type: 'TOPIC_AUTHORIZATION_FAILED' })
    expect(await readOne(reader, 'payments')).toBe('from the writer')
  })

  test('the user of another tenant finds no topic there', async () => {
    for (const topic of ['payments', 'orders.payments']) {
      await expect(send(neighbour, topic, 'from outside')).rejects.toMatchObject({
        cause: { type: 'UNKNOWN_TOPIC_OR_PARTITION' },
      })
    }
  })

  test('the password of another tenant, and a wrong one, open nothing', async () => {
    for (const password of [neighbour.password, 'wrong']) {
      const refused = send({ ...admin, password }, 'payments', 'x')
      await expect(refused).rejects.toMatchObject({ name: 'KafkaJSSASLAuthenticationError' })
    }
  })
})

test('a program goes on while its password is changed, until the one before is ended for new connections', async () => {
  const before = {
    username: 'orders.rotated',
    password: await createUser(product.client, 'orders', 'rotated', { roles: ['admin'] }),
  }
  const running = kafkaAs(before).producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await running.connect()
  const write = () => running.send({ topic: 'payments', messages: [{ value: 'still here' }] })
  await write()
  expect((await kaas(['rotate', 'rotated', '--tenant', 'orders'])).exit).toBe(0)
  await write()
  await send(before, 'payments', 'with the password before')
  const rotated = await kaas(['rotate', 'rotated', '--tenant', 'orders', '--end-others', '-o', 'json'])
  await write()
  const isRefused = () =>
    send(before, 'payments', 'x').then(
      () => false,
      (error) => error.name === 'KafkaJSSASLAuthenticationError',
    )
  await waitFor(isRefused, { what: 'the password before to be refused' })
  await write()
  const { username, password, mechanism } = JSON.parse(rotated.out)
  await send({ username, password, mechanism: mechanism.toLowerCase() }, 'payments', 'with the new password')
  await running.disconnect()
})

test('who writes more than ordered is slowed down, and the neighbour is not', async () => {
  await createTenant(product.client, 'slow', { workload: { produce: '100KB/s', consume: '1MB/s', retention: '1d' } })
  await createTopic(product.client, 'slow', 'flood', { partitions: 1 })
  const login = { username: 'slow.app', password: await createUser(product.client, 'slow', 'app', { roles: ['admin'] }) }
  const flood = timed(async () => {
    const producer = kafkaAs(login).producer({ createPartitioner: Partitioners.DefaultPartitioner })
    await producer.connect()
    for (let n = 0; n < 14; n++) await producer.send({ topic: 'flood', messages: [{ value: 'x'.repeat(100_000) }] })
    await producer.disconnect()
  })
  await sleep(1000)
  await quickOnce(3000, () => send(admin, 'payments', 'besides'))
  expect(await flood).toBeGreaterThan(6000)
})

test('Ctrl-C while waiting ends at once, and says that the work goes on and how to undo it', async () => {
  const child = spawn(process.execPath, [KAAS, 'wait', 'tenant/orders', '--for', 'deleted'], { env: environment() })
  child.stderr.once('data', () => child.kill('SIGINT'))
  const ended = new Promise((resolve) => child.once('close', resolve))
  const [err, exit] = await Promise.all([text(child.stderr), ended])
  expect(err).toMatch(/The work goes on.*kaas wait.*kaas delete/)
  expect(exit).toBe(12)
})

function kafkaAs({ username, password, mechanism = 'scram-sha-512' }: Login): Kafka {
  return new Kafka({
    brokers: [product.kafka],
    ssl: { ca: [readFileSync(product.caFile, 'utf8')] },
    sasl: { mechanism, username, password } as never,
    logLevel: logLevel.NOTHING,
    retry: { retries: 2, initialRetryTime: 200 },
  })
}

async function send(login: Login, topic: string, value: string): Promise<void> {
  const producer = kafkaAs(login).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  })
  try {
    await producer.connect()
    await producer.send({ topic, messages: [{ value }] })
  } finally {
    await producer.disconnect()
  }
}

/** The first record of a topic, read in a group. kafkajs says no more than that it found no coordinator when the group is refused. */
async function readOne(login: Login, topic: string): Promise<string> {
  const consumer = kafkaAs(login).consumer({ groupId: `readers-${login.username}` })
  try {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    return await new Promise<string>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
      consumer.run({ eachMessage: async ({ message }) => resolve(String(message.value)) }).catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, KAAS_HOME: product.stateDirectory }
}

async function kaas(args: readonly string[]) {
  const child = spawn(process.execPath, [KAAS, ...args], { cwd: join(KAAS, '..'), env: environment() })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err, exit] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { out, err, exit }
}
