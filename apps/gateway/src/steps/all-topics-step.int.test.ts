// SPDX-License-Identifier: Apache-2.0
/** Lists of all topics before a real broker, on a cluster that counts as large: what is told is what Kafka would tell. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type KafkaConnection, openKafkaConnection } from '@kaas/kafka-admin'
import { createTopics, describeTopicPartitions, metadata, type ResponseOf, saltPassword } from '@kaas/kafka-protocol'
import { temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GatewayFixture, PASSWORD, startGatewayFixture } from '../../test/gateway-fixture.ts'
import { STEPS } from '../pipeline.ts'
import type { Step } from '../step.ts'
import { createAllTopicsStep } from './all-topics-step.ts'

const FOREIGN = 24
type Page = ResponseOf<typeof describeTopicPartitions>

/** How each list of all was asked of the broker: by names, or by null for all. */
const asked: (readonly string[] | null)[] = []
const spy: Step = {
  name: 'spy',
  wants: (apiKey) => ({ request: apiKey === metadata.key, response: false }),
  request: (_, message) => {
    const topics = message.topics as readonly { readonly name: string }[] | null
    asked.push(topics?.map(({ name }) => name) ?? null)
    return { kind: 'forward', unchanged: true }
  },
}

let fixture: GatewayFixture
let client: KafkaConnection
const open: KafkaConnection[] = []

beforeAll(async () => {
  const serviceCredentialsFile = join(temporaryDirectory('service'), 'credentials.json')
  const steps = [...STEPS.filter(({ name }) => name !== 'all-topics'), createAllTopicsStep(10), spy]
  fixture = await startGatewayFixture({ serviceCredentialsFile, steps })
  const local = { ...fixture.kafka.admin, mechanism: 'SCRAM-SHA-512' }
  writeFileSync(serviceCredentialsFile, JSON.stringify({ local }))
  const topics = [
    ...Array.from({ length: FOREIGN }, (_, at) => `shop.topic-${at}`),
    ...['payments', 'refunds', 'invoices'].map((name) => `orders.${name}`),
  ]
  for (const name of topics) await fixture.admin.createTopic({ name, partitions: 2, configs: {} })
  client = await connect('orders.app')
  await waitFor(async () => (await listed()).length === 3, { what: 'topics and rights to be known' })
})

/** From here on somebody has asked a moment ago, so names are used. */
beforeEach(async () => {
  const isByName = async () => (await listed()) && asked.at(-1) !== null
  await waitFor(isByName, { what: 'names to be used', pollMs: 20 })
  asked.length = 0
})

afterAll(async () => {
  await Promise.all(open.map((connection) => connection.close()))
  await fixture.stop()
})

test('a list of all is asked by the names of the tenant, and says what Kafka says of all', async () => {
  const byName = await client.request(metadata, { topics: null, allowAutoTopicCreation: false })
  expect(asked).toEqual([expect.arrayContaining(['orders.payments', 'orders.refunds', 'orders.invoices'])])
  expect(asked[0]).toHaveLength(3)
  const direct = await connect('orders.app', fixture.kafka.ports[0])
  const byKafka = await direct.request(metadata, { topics: null, allowAutoTopicCreation: false })
  const sorted = ({ topics }: typeof byKafka) =>
    topics
      .map((topic) => ({ ...topic, name: topic.name?.replace(/^orders\./, '') }))
      .toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? ''))
  expect(sorted(byName)).toEqual(sorted(byKafka))
})

test('a topic made through the gateway is in the next list; one made by others comes soon, one deleted by others is gone at once', async () => {
  const made = await client.request(createTopics, {
    topics: [{ name: 'own', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }],
    timeoutMs: 5000,
    validateOnly: false,
  })
  expect(made.topics[0]?.errorCode).toBe(0)
  await fixture.admin.describePartitions(['orders.own'])
  expect(await listed()).toContain('own')
  expect(asked.at(-1), 'by name').toContain('orders.own')
  await fixture.admin.createTopic({ name: 'orders.by-others', partitions: 1, configs: {} })
  await waitFor(async () => (await listed()).includes('by-others'), { what: 'the topic of others', pollMs: 20 })
  expect(asked, 'never by all while it was waited for').not.toContain(null)
  await fixture.admin.deleteTopics(['orders.by-others'])
  const names = await fixture.admin.listTopicNames('orders.')
  expect(names).not.toContain('orders.by-others')
  expect(await listed()).not.toContain('by-others')
})

test('a user who may see one topic is told of one, also by names', async () => {
  const salt = Buffer.alloc(16, 1)
  const credential = { user: 'orders.clerk', mechanism: 'SCRAM-SHA-512', iterations: 4096, salt } as const
  await fixture.admin.upsertScramCredentials([
    { ...credential, saltedPassword: saltPassword('SCRAM-SHA-512', PASSWORD, salt, 4096) },
  ])
  const acl = { resource: 'topic', name: 'orders.refunds', pattern: 'literal', principal: 'User:orders.clerk' } as const
  await fixture.admin.createAcls([{ ...acl, host: '*', operation: 'read', permission: 'allow' }])
  // Brokers hear of a new user a moment later.
  const clerk = await waitFor(() => connect('orders.clerk').catch(() => undefined), { what: 'the user to be known' })
  await listed()
  asked.length = 0
  await waitFor(async () => (await listed(clerk)).length === 1, { what: 'her right to be known' })
  expect(await listed(clerk)).toEqual(['refunds'])
  expect(asked[0]).toContain('orders.payments')
})

test('page by page, all topics of the tenant come once and nothing else', async () => {
  const names: (string | null)[] = []
  let cursor: { topicName: string; partitionIndex: number } | null = null
  do {
    const page: Page = await client.request(describeTopicPartitions, { topics: [], responsePartitionLimit: 2, cursor })
    names.push(...page.topics.filter(({ partitions }) => partitions.length > 0).map(({ name }) => name))
    cursor = page.nextCursor
    await listed()
  } while (cursor !== null)
  expect([...new Set(names)].toSorted()).toEqual((await listed()).toSorted())
})

test('a topic that another tenant shares is in the list under the name of the share', async () => {
  const acl = { resource: 'topic', name: 'shop.topic-7', pattern: 'literal', principal: 'User:orders.app' } as const
  await fixture.admin.createAcls([{ ...acl, host: '*', operation: 'read', permission: 'allow' }])
  const { snapshot } = fixture.gateway
  const orders = snapshot.tenant('orders')
  if (orders === undefined) throw new Error('the tenant is there')
  const shares = [{ physicalName: 'shop.topic-7', name: 'ledger', access: 'read' as const }]
  snapshot.apply({ kind: 'tenant', version: snapshot.version + 1, tenant: { ...orders, shares } })
  await waitFor(async () => (await listed()).includes('ledger'), { what: 'the right to be known' })
  expect(asked.at(-1)).toContain('shop.topic-7')
})

async function listed(by = client): Promise<readonly (string | null)[]> {
  const { topics } = await by.request(metadata, { topics: null, allowAutoTopicCreation: false })
  return topics.map(({ name }) => name)
}

async function connect(username: string, directPort?: number): Promise<KafkaConnection> {
  const { caPem } = fixture.certificates
  const connection = await openKafkaConnection({
    host: directPort === undefined ? 'localhost' : fixture.kafka.host,
    port: directPort ?? fixture.gateway.port,
    ...(directPort === undefined ? { tls: { caPem } } : {}),
    credentials: { username, password: PASSWORD, mechanism: 'SCRAM-SHA-512' },
    clientId: 'test',
  })
  open.push(connection)
  return connection
}
