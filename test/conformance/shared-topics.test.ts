// SPDX-License-Identifier: Apache-2.0
/**
 * Topics that tenants share (decision 0029), as real clients meet them: `billing` reads a topic of `payments` under a name of its own and
 * writes to another, and nothing else of `payments` is there for it. Each test stands on those before it.
 */

import { API_VERSION } from '@kaas/domain'
import { describeKind } from '@kaas/http-contract'
import { type Kafka, type Product, runProgram, startKafka, startProduct, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loginFile, ownPrograms } from './both-ways.ts'
import type { StoryRecord, Target } from './client.ts'
import { confluentPython, kafkaJs, platformatic } from './clients.ts'
import { firstFailure, reasonOf, withAdmin } from './failures.ts'
import { createShare, createTenant, createTopic, createUser } from './orders.ts'
import { type Shares, sharesOf } from './shares.ts'
import { QUICK_GROUPS } from './stage.ts'

let kafka: Kafka
let product: Product
let shares: Shares
/** Users: `owner` of payments, the others of billing. */
let targets: Readonly<Record<'owner' | 'app' | 'reader' | 'writer', Target>>

beforeAll(async () => {
  const clients = [kafkaJs, confluentPython, platformatic].map((client) => client.prepare())
  kafka = await startKafka({ properties: QUICK_GROUPS })
  product = await startProduct({ kafka })
  const { client } = product
  shares = sharesOf(client, kafka, 'payments')
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
  await shares.put('read-it', { topic: 'booked', with: 'billing', as: 'payments-booked', access: 'read' })
  await shares.ready('read-it')
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
  await shares.put('write-it', { topic: 'orders', with: 'billing', as: 'to-payments', access: 'write' })
  await shares.ready('write-it')
  for (const [index, client] of [kafkaJs, confluentPython].entries()) {
    const records = recordsOf(`written-${index}`)
    await client.run(targets.writer, { verb: 'produce', topic: 'to-payments', compression: 'gzip', records })
  }
  const read = await platformatic.run(targets.owner, { verb: 'consume', topic: 'orders', group: 'desk', count: 16 })
  expect(keysOf(read.records)).toEqual(keysOf([...recordsOf('written-0'), ...recordsOf('written-1')]))
  expect(await firstFailure(targets.app, 'to-payments')).toMatch(/authoriz/i)
})

test('Java applications do with topics of another tenant what they do with own ones: groups of every kind, transactions, questions', async () => {
  const { client } = product
  await Promise.all(['mill', 'bakery'].map((name) => createTenant(client, name)))
  const password = await createUser(client, 'bakery', 'app', { roles: ['admin'] })
  const spec = { partitions: 2 }
  await Promise.all(['own-in', 'own-out'].map((name) => createTopic(client, 'bakery', name, spec)))
  for (const name of ['in', 'out']) {
    await createTopic(client, 'mill', name, spec)
    await createShare(client, 'mill', name, { topic: name, with: 'bakery', as: `its-${name}`, access: 'read-write' })
  }
  const login = loginFile({ ...targets.app, username: 'bakery.app', password })
  const program = await ownPrograms()
  const lines = async (...args: readonly string[]) => {
    const [java, ...options] = program('TwoTopics')
    const { stdout } = await runProgram(java, [...options, login, '', ...args], { timeoutMs: 90_000 })
    return stdout.trim().split('\n')
  }
  const [own, all] = await Promise.all([
    lines('own-in', 'own-out', 'own'),
    lines('its-in', 'its-out', 'its', 'administration'),
  ])
  const isApplication = (line: string) => !line.startsWith('call\tadministration')
  const its = all.filter(isApplication)
  expect(its).toEqual(own.map((line) => line.replaceAll('own-', 'its-')))
  const answerTo = (what: string) => its.find((line) => line.includes(`\t${what}\t`)) ?? ''
  expect(answerTo('by expression').split('its-in/')).toHaveLength(41)
  expect(answerTo('what became of each record')).toMatch(/ACCEPT at delivery 2.*REJECT at delivery 1/i)
  expect(answerTo('the copy as committed')).toMatch(/\t40$/)
  expect(answerTo('the copy with what was aborted')).toMatch(/\t80$/)
  const [operations, ...refused] = all.filter((line) => !isApplication(line))
  expect(operations).toMatch(/\[DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE\]$/)
  expect(refused).toHaveLength(4)
  for (const line of refused) expect(line).toContain('TopicAuthorizationException')
})

test('a name that is taken is refused on both sides, and a topic that is shared cannot be deleted', async () => {
  const clash = { topic: 'private', with: 'billing' }
  await expect(shares.put('clash', { ...clash, as: 'invoices' })).rejects.toMatchObject({ code: 'resource-exists' })
  await expect(shares.put('clash', { ...clash, as: 'payments-booked' })).rejects.toMatchObject({ code: 'resource-exists' })
  await expect(shares.put('twice', { topic: 'booked', with: 'billing', as: 'again' })).rejects.toMatchObject({
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
  await shares.put('offer', { topic: 'booked', with: 'depot', as: 'bookings' })
  await waitFor(async () => (await shares.standing('offer'))?.reason === 'NotAccepted', { what: 'the offer to wait' })
  expect(await client.receivedShares('depot')).toMatchObject([{ owner: 'payments', accepted: false, inForce: false }])
  await createTopic(client, 'depot', 'bookings', { partitions: 1 })
  await tenant(['payments'])
  await waitFor(async () => (await shares.standing('offer'))?.reason === 'NameTaken', { what: 'the name to be refused' })
  expect(await shares.rightsOf('depot')).not.toContain('payments.booked')
  await shares.put('offer', { topic: 'booked', with: 'depot', as: 'booked-elsewhere' })
  await shares.ready('offer')
  expect(await client.receivedShares('depot')).toMatchObject([{ as: 'booked-elsewhere', accepted: true, inForce: true }])
  expect(await shares.rightsOf('depot')).toContain('payments.booked')
  await tenant([])
  await waitFor(async () => !(await shares.rightsOf('depot')).includes('payments.booked'), { what: 'the rights to be gone' })
})

test('an application goes on under the new name of a topic, and under the second name of its own', async () => {
  await shares.put('read-it', { topic: 'booked', with: 'billing', as: 'bookings', access: 'read' })
  await shares.put('alias', { topic: 'invoices', with: 'billing', as: 'bills' }, 'billing')
  await Promise.all([shares.ready('read-it'), shares.ready('alias', 'billing')])
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
  const began = Promise.withResolvers<void>()
  const failure = firstFailure(targets.reader, 'bookings', began.resolve)
  await Promise.race([began.promise, failure])
  await product.client.delete({ kind: describeKind('TopicShare'), tenant: 'payments', name: 'read-it' })
  expect(await failure).toMatch(/authoriz/i)
  await waitFor(async () => !(await shares.rightsOf('billing')).some((name) => name === 'payments.booked'), {
    what: 'the rights to be gone',
  })
  await shares.gone('read-it')
  const { topics } = await kafkaJs.run(targets.app, { verb: 'metadata' })
  expect(Object.keys(topics).sort()).toEqual(['invoices', 'to-payments'])
})

test('a tenant that goes takes its shares along, and the other keeps nothing of it', async () => {
  await product.client.delete({ kind: describeKind('Tenant'), name: 'payments' })
  await shares.gone('write-it')
  await waitFor(async () => (await shares.rightsOf('billing')).every((name) => !name.startsWith('payments.')), {
    what: 'the rights to be gone',
  })
  const { topics } = await kafkaJs.run(targets.app, { verb: 'metadata' })
  expect(Object.keys(topics)).toEqual(['invoices'])
})

function recordsOf(what: string): readonly StoryRecord[] {
  return Array.from({ length: 8 }, (_, index) => {
    const partition = index % 2
    return { partition, key: `${what}-${index}`, value: `${what} ${index}`, header: `of-partition-${partition}` }
  })
}

function keysOf(records: readonly StoryRecord[]): readonly string[] {
  return records.map(({ key }) => key).sort()
}
