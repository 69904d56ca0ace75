// SPDX-License-Identifier: Apache-2.0
/**
 * Topics that tenants share (decision 0029), as real clients meet them: `billing` reads a topic of `payments` under a name of its own and
 * writes to another, and nothing else of `payments` is there for it. Each test stands on those before it.
 */

import { readFileSync } from 'node:fs'
import { API_VERSION } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { describeKind } from '@kaas/http-contract'
import { openKafkaAdmin } from '@kaas/kafka-admin'
import { type Kafka, type Product, startKafka, startProduct, waitFor } from '@kaas/testkit'
import { Admin, Consumer } from '@platformatic/kafka'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StoryRecord, Target } from './client.ts'
import { confluentPython, kafkaJs, platformatic } from './clients.ts'
import { createTenant, createTopic, createUser } from './orders.ts'

let kafka: Kafka
let product: Product
/** Users: `owner` of payments, the others of billing. */
let targets: Readonly<Record<'owner' | 'app' | 'reader' | 'writer', Target>>

beforeAll(async () => {
  const clients = [kafkaJs, confluentPython, platformatic].map((client) => client.prepare())
  kafka = await startKafka()
  product = await startProduct({ kafka })
  const { client } = product
  await Promise.all(['payments', 'billing'].map((name) => createTenant(client, name)))
  const owner = createUser(client, 'payments', 'owner', { roles: ['admin'] })
  const app = createUser(client, 'billing', 'app', { roles: ['admin'] })
  const reader = createUser(client, 'billing', 'reader', { roles: ['consumer'] })
  const writer = createUser(client, 'billing', 'writer', { roles: ['producer'] })
  await Promise.all([
    ...['booked', 'orders', 'private'].map((name) => createTopic(client, 'payments', name, { partitions: 2 })),
    createTopic(client, 'billing', 'invoices', { partitions: 1 }),
    ...clients,
  ])
  const names = [owner, app, reader, writer].map(async (password, index) => {
    const username = ['payments.owner', 'billing.app', 'billing.reader', 'billing.writer'][index] ?? ''
    const at = { bootstrapServers: product.kafka, caFile: product.caFile, mechanism: 'SCRAM-SHA-512' } as const
    return { ...at, username, password: await password }
  })
  const [one, two, three, four] = await Promise.all(names)
  targets = { owner: one, app: two, reader: three, writer: four } as typeof targets
  await platformatic.run(targets.owner, {
    verb: 'produce',
    topic: 'booked',
    compression: 'none',
    records: recordsOf('booked'),
  })
})

afterAll(async () => {
  await product?.stop()
  await kafka?.stop()
})

test('a topic that is shared to be read is consumed and committed under the name of the share, by several client libraries', async () => {
  await put('read-it', { topic: 'booked', with: 'billing', as: 'payments-booked', access: 'read' })
  await ready('read-it')
  for (const [client, groupProtocol] of [
    [kafkaJs, {}],
    [confluentPython, {}],
    [confluentPython, { groupProtocol: 'consumer' }],
  ] as const) {
    const group = `of-${client.name.slice(0, 5)}-${Object.keys(groupProtocol).length}`
    const task = { verb: 'consume', topic: 'payments-booked', group, ...groupProtocol } as const
    const first = await client.run(targets.reader, { ...task, count: 3 })
    const second = await client.run(targets.reader, { ...task, count: 5 })
    expect(keysOf([...first.records, ...second.records])).toEqual(keysOf(recordsOf('booked')))
  }
})

test('of the owner only the shared topic is there, by whatever name it is asked for', async () => {
  const { topics } = await kafkaJs.run(targets.app, { verb: 'metadata' })
  expect(topics).toEqual({ invoices: 1, 'payments-booked': 2 })
  const own = await kafkaJs.run(targets.owner, { verb: 'metadata' })
  expect(own.topics).toEqual({ booked: 2, orders: 2, private: 2 })
  await withAdmin(targets.app, async (admin) => {
    for (const name of ['private', 'booked', 'payments.private', 'payments.booked']) {
      const described = admin.metadata({ topics: [name], forceUpdate: true })
      await expect(described.then(({ topics: found }) => [...found.keys()])).rejects.toThrow()
    }
  })
})

test('groups and offsets of who reads stay with who reads: the owner sees neither', async () => {
  await withAdmin(targets.owner, async (admin) => expect((await admin.listGroups()).size).toBe(0))
  await withAdmin(targets.app, async (admin) => {
    const groups = await admin.listGroups({ types: ['classic', 'consumer'] })
    expect([...groups.keys()].filter((name) => name.startsWith('of-')).length).toBe(3)
  })
})

test('who may only read cannot write, and nobody who receives a topic can administer it', async () => {
  const task = { verb: 'produce', topic: 'payments-booked', compression: 'none', records: recordsOf('forged') } as const
  await expect(platformatic.run(targets.app, task)).rejects.toThrow()
  await withAdmin(targets.app, async (admin) => {
    const refused = /TOPIC_AUTHORIZATION_FAILED|authorization|share/i
    expect(await reasonOf(admin.deleteTopics({ topics: ['payments-booked'] }))).toMatch(refused)
    const grown = admin.createPartitions({ topics: [{ name: 'payments-booked', count: 9, assignments: [] }] })
    expect(await reasonOf(grown)).toMatch(refused)
    expect(await reasonOf(admin.createTopics({ topics: ['payments-booked'] }))).toMatch(/exist|share/i)
  })
  const { topics } = await kafkaJs.run(targets.owner, { verb: 'metadata' })
  expect(topics).toMatchObject({ booked: 2 })
})

test('a topic that is shared to be written takes records of producers, and lets nobody of the tenant read them', async () => {
  await put('write-it', { topic: 'orders', with: 'billing', as: 'to-payments', access: 'write' })
  await ready('write-it')
  for (const [index, client] of [kafkaJs, confluentPython].entries()) {
    const records = recordsOf(`written-${index}`)
    await client.run(targets.writer, { verb: 'produce', topic: 'to-payments', compression: 'gzip', records })
  }
  const read = await platformatic.run(targets.owner, { verb: 'consume', topic: 'orders', group: 'desk', count: 16 })
  expect(keysOf(read.records)).toEqual(keysOf([...recordsOf('written-0'), ...recordsOf('written-1')]))
  expect(await firstFailure(targets.app, 'to-payments')).toMatch(/authoriz/i)
})

test('a name that is taken is refused on both sides, and a topic that is shared cannot be deleted', async () => {
  const clash = { topic: 'private', with: 'billing' }
  await expect(put('clash', { ...clash, as: 'invoices' })).rejects.toMatchObject({ code: 'resource-exists' })
  await expect(put('clash', { ...clash, as: 'payments-booked' })).rejects.toMatchObject({ code: 'resource-exists' })
  await expect(put('twice', { topic: 'booked', with: 'billing', as: 'again' })).rejects.toMatchObject({
    code: 'resource-exists',
  })
  const topic = createTopic(product.client, 'billing', 'payments-booked', { partitions: 1 })
  await expect(topic).rejects.toMatchObject({ code: 'resource-exists' })
  const booked = { kind: describeKind('Topic'), tenant: 'payments', name: 'booked' }
  await expect(product.client.delete(booked)).rejects.toMatchObject({ code: 'resource-in-use' })
})

test('a topic appears in a tenant of another team once that accepts it, and no longer than that', async () => {
  const { client } = product
  const team = { apiVersion: API_VERSION, kind: 'Team', metadata: { name: 'depot' }, spec: {} }
  await client.put({ kind: describeKind('Team'), name: 'depot' }, team)
  const tenant = (acceptSharesFrom: readonly string[]) => createTenant(client, 'depot', { team: 'depot', acceptSharesFrom })
  await tenant([])
  await createUser(client, 'depot', 'reader', { roles: ['consumer'] })
  await put('offer', { topic: 'booked', with: 'depot', as: 'bookings' })
  const standing = async () => (await client.get(keyOf('offer'))).status?.conditions.find(({ type }) => type === 'Ready')
  await waitFor(async () => (await standing())?.reason === 'NotAccepted', { what: 'the offer to wait' })
  expect(await client.receivedShares('depot')).toMatchObject([{ owner: 'payments', accepted: false, inForce: false }])
  await createTopic(client, 'depot', 'bookings', { partitions: 1 })
  await tenant(['payments'])
  await waitFor(async () => (await standing())?.reason === 'NameTaken', { what: 'the name to be refused' })
  expect(await rightsOf('depot')).not.toContain('payments.booked')
  await put('offer', { topic: 'booked', with: 'depot', as: 'booked-elsewhere' })
  await ready('offer')
  expect(await client.receivedShares('depot')).toMatchObject([{ as: 'booked-elsewhere', accepted: true, inForce: true }])
  expect(await rightsOf('depot')).toContain('payments.booked')
  await tenant([])
  await waitFor(async () => !(await rightsOf('depot')).includes('payments.booked'), { what: 'the rights to be gone' })
})

test('an application goes on under the new name of a topic, and under the second name of its own', async () => {
  await put('read-it', { topic: 'booked', with: 'billing', as: 'bookings', access: 'read' })
  await put('alias', { topic: 'invoices', with: 'billing', as: 'bills' }, 'billing')
  await Promise.all([ready('read-it'), ready('alias', 'billing')])
  const read = await confluentPython.run(targets.reader, { verb: 'consume', topic: 'bookings', group: 'renamed', count: 8 })
  expect(keysOf(read.records)).toEqual(keysOf(recordsOf('booked')))
  const one = recordsOf('bill').map((record) => ({ ...record, partition: 0 }))
  await kafkaJs.run(targets.app, { verb: 'produce', topic: 'bills', compression: 'none', records: one })
  for (const [topic, client] of [
    ['bills', kafkaJs],
    ['invoices', kafkaJs],
    ['bills', confluentPython],
  ] as const) {
    const group = `bills-${topic}-${client.name.slice(0, 5)}`
    const answer = await client.run(targets.app, { verb: 'consume', topic, group, count: 8 })
    expect(keysOf(answer.records)).toEqual(keysOf(one))
  }
})

test('a share that is taken back ends the reading at once, on the open connection, and leaves no right behind', async () => {
  const reading = Promise.withResolvers<void>()
  const failure = firstFailure(targets.reader, 'bookings', reading.resolve)
  await Promise.race([reading.promise, failure])
  await product.client.delete({ kind: describeKind('TopicShare'), tenant: 'payments', name: 'read-it' })
  expect(await failure).toMatch(/authoriz/i)
  await waitFor(async () => !(await rightsOf('billing')).some((name) => name === 'payments.booked'), {
    what: 'the rights to be gone',
  })
  await gone('read-it')
  const { topics } = await kafkaJs.run(targets.app, { verb: 'metadata' })
  expect(Object.keys(topics).sort()).toEqual(['invoices', 'to-payments'])
})

test('a tenant that goes takes its shares along, and the other keeps nothing of it', async () => {
  await product.client.delete({ kind: describeKind('Tenant'), name: 'payments' })
  await gone('write-it')
  await waitFor(async () => (await rightsOf('billing')).every((name) => !name.startsWith('payments.')), {
    what: 'the rights to be gone',
  })
  const { topics } = await kafkaJs.run(targets.app, { verb: 'metadata' })
  expect(Object.keys(topics)).toEqual(['invoices'])
})

function keyOf(name: string, tenant = 'payments') {
  return { kind: describeKind('TopicShare'), tenant, name }
}

async function put(name: string, spec: object, tenant = 'payments'): Promise<void> {
  await product.client.put(keyOf(name, tenant), {
    apiVersion: API_VERSION,
    kind: 'TopicShare',
    metadata: { name, tenant },
    spec,
  })
}

/** Ready for the generation that is stored now. */
async function ready(name: string, tenant?: string): Promise<void> {
  const isReady = async () => {
    const { status, metadata } = await product.client.get(keyOf(name, tenant))
    const isOn = status?.conditions.some(({ type, status: said }) => type === 'Ready' && said === 'True') ?? false
    return isOn && status?.observedGeneration === metadata.generation
  }
  await waitFor(isReady, { what: `the share ${name} to be ready` })
}

async function gone(name: string): Promise<void> {
  const isGone = () =>
    product.client.get(keyOf(name)).then(
      () => false,
      (error: unknown) => error instanceof KaasError && error.code === 'resource-absent',
    )
  await waitFor(isGone, { what: `the share ${name} to be gone` })
}

/** Names of topics on which users of the tenant have rights of their own. */
async function rightsOf(tenant: string): Promise<readonly string[]> {
  const admin = openKafkaAdmin({
    bootstrapServers: [kafka.bootstrapServers],
    credentials: { ...kafka.admin, mechanism: 'SCRAM-SHA-512' },
    clientId: 'shares',
  })
  const acls = await admin.describeAcls({}).finally(() => admin.close())
  return acls.filter(({ principal }) => principal.startsWith(`User:${tenant}.`)).map(({ name }) => name)
}

/** Reads until something goes wrong, and tells what. */
/** Reads until something fails; tells when the stream is open. */
async function firstFailure(target: Target, topic: string, opened: () => void = () => {}): Promise<string> {
  const consumer = new Consumer({ ...connection(target), groupId: `until-${topic}`, autocommit: false, maxWaitTime: 200 })
  try {
    const stream = await consumer.consume({ topics: [topic], mode: 'earliest' })
    opened()
    return await new Promise<string>((resolve) => {
      stream.on('error', (error) => resolve(textOf(error)))
      stream.on('data', () => undefined)
    })
  } catch (error) {
    return textOf(error)
  } finally {
    await consumer.close(true).catch(() => undefined)
  }
}

async function withAdmin(target: Target, work: (admin: Admin) => Promise<void>): Promise<void> {
  const admin = new Admin(connection(target))
  await work(admin).finally(() => admin.close())
}

function connection(target: Target) {
  return {
    clientId: 'shares',
    bootstrapBrokers: [target.bootstrapServers],
    sasl: { mechanism: target.mechanism, username: target.username, password: target.password },
    tls: { ca: readFileSync(target.caFile ?? '') },
    retries: 0,
  }
}

function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(() => 'It was done.', textOf)
}

/** The error with all that it is made of. */
function textOf(error: unknown): string {
  const parts = error instanceof AggregateError ? error.errors.map(textOf) : []
  const { cause, errors = [], response } = error as { cause?: unknown; errors?: readonly unknown[]; response?: unknown }
  const more = [...parts, ...(cause === undefined ? [] : [textOf(cause)]), ...errors.map(textOf)]
  return [
    String(error),
    JSON.stringify(response, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
    ...more,
  ].join(' ')
}

function recordsOf(what: string): readonly StoryRecord[] {
  return Array.from({ length: 8 }, (_, index) => {
    const partition = index % 2
    return { partition, key: `${what}-${index}`, value: `${what} ${index}`, header: `of-partition-${partition}` }
  })
}

function keysOf(records: readonly StoryRecord[]): readonly string[] {
  return records.map(({ key }) => key).sort()
}
