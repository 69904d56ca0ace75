// SPDX-License-Identifier: Apache-2.0
/** What users may do, compared with what Kafka itself says of them, and the test of a connection through a real gateway. */
import { describeKind } from '@kaas/http-contract'
import { openKafkaConnection } from '@kaas/kafka-admin'
import { metadata } from '@kaas/kafka-protocol'
import { type Product, startProduct, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startViewPlatform, type ViewPlatform } from './view-platform.ts'

let platform: ViewPlatform
let product: Product

beforeAll(async () => {
  ;[platform, product] = await Promise.all([startViewPlatform(), startProduct({ env: { KAAS_SAMPLE_EVERY: '3s' } })])
  await platform.tenant('orders')
})

afterAll(async () => {
  await Promise.all([platform?.stop(), product?.stop()])
})

/** Bits of Kafka's AclOperation numbers. */
const OPERATIONS = {
  read: 3,
  write: 4,
  create: 5,
  delete: 6,
  alter: 7,
  describe: 8,
  describeConfigs: 10,
  alterConfigs: 11,
} as const

test('for every operation on several topics the answer is the one that Kafka itself gives the user', async () => {
  const names = ['payments', 'pay', 'returns', 'secret']
  for (const name of names) await platform.topic('orders', name, 1)
  const password = await platform.user('orders', 'app', {
    roles: ['producer'],
    access: [
      { resource: 'topic', name: 'pay', pattern: 'prefix', operations: ['alterConfigs'] },
      { resource: 'topic', name: 'returns', pattern: 'literal', operations: ['read', 'delete'] },
    ],
  })
  const secret = {
    resource: 'topic',
    name: 'orders.secret',
    pattern: 'literal',
    principal: 'User:orders.app',
    host: '*',
  } as const
  await platform.admin.createAcls([{ ...secret, operation: 'all', permission: 'deny' }])
  const [host = '', port = ''] = platform.kafka.bootstrapServers.split(':')
  const credentials = { username: 'orders.app', password, mechanism: 'SCRAM-SHA-512' } as const
  const asUser = await openKafkaConnection({ host, port: Number(port), clientId: 'test', credentials })
  const answer = await asUser.request(metadata, {
    topics: names.map((name) => ({ name: `orders.${name}` })),
    allowAutoTopicCreation: false,
    includeTopicAuthorizedOperations: true,
  })
  await asUser.close()
  for (const topic of answer.topics) {
    for (const [operation, bit] of Object.entries(OPERATIONS)) {
      const name = (topic.name ?? '').replace('orders.', '')
      // A topic that she may not even see has no such bits.
      const kafka = topic.errorCode === 0 && (topic.topicAuthorizedOperations & (1 << bit)) !== 0
      const question = { operation: operation as keyof typeof OPERATIONS, resource: 'topic', name } as const
      const ours = await platform.client.checkAccess('orders', 'app', question)
      expect(`${operation} ${name} ${ours.allowed}`).toBe(`${operation} ${name} ${kafka}`)
    }
  }
  const denied = await platform.client.checkAccess('orders', 'app', {
    operation: 'write',
    resource: 'topic',
    name: 'secret',
  })
  expect(denied).toEqual({ allowed: false, because: 'Denied by an ACL made by a Kafka client: all on topic, "secret".' })
  const access = await platform.client.userAccess('orders', 'app')
  expect(access.acls).toContainEqual({
    resource: 'topic',
    name: 'secret',
    pattern: 'literal',
    operation: 'all',
    permission: 'deny',
    from: 'made by a Kafka client',
  })
  expect(
    access.acls
      .filter(({ from }) => from === 'rule 2')
      .map(({ operation }) => operation)
      .sort(),
  ).toEqual(['delete', 'read'])
})

async function order(kind: 'Tenant' | 'Topic' | 'User', name: string, tenant: string | undefined, spec: object) {
  const at = { kind: describeKind(kind), name, ...(tenant === undefined ? {} : { tenant }) }
  await product.client.put(at, { apiVersion: 'kaas.dev/v1', kind, metadata: { name, ...(tenant && { tenant }) }, spec })
  const ready = async () =>
    (await product.client.get(at)).status?.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  await waitFor(ready, { what: `${kind} ${name}` })
}

test('a connection is tested through the gateway as the user: one record there and back, and the step that fails is named', async () => {
  const { client } = product
  await order('Tenant', 'shop', undefined, { workload: { produce: '1MB/s', consume: '1MB/s', retention: '1d' } })
  await order('User', 'app', 'shop', { roles: ['producer', 'consumer'] })
  await order('User', 'writer', 'shop', { roles: ['producer'] })
  await order('User', 'robot', 'shop', { authentication: 'tls', roles: ['consumer'] })

  const early = await client.testConnection('shop', 'app')
  expect(early.steps.at(-1)).toMatchObject({
    step: 'metadata',
    state: 'failed',
    help: expect.stringContaining('Create a topic'),
  })
  expect(early.ok).toBe(false)

  await order('Topic', 'carts', 'shop', { partitions: 1 })
  const test = await client.testConnection('shop', 'app')
  expect(test.steps.filter(({ state }) => state !== 'done')).toEqual([])
  expect(test).toMatchObject({ ok: true, topic: 'carts' })
  expect(test.steps.map(({ step }) => step)).toEqual([
    'resolve',
    'connect',
    'tls',
    'log-in',
    'metadata',
    'produce',
    'consume',
    'clean-up',
  ])
  expect(test.steps.every(({ tookMs }) => tookMs >= 0 && tookMs < 5_000)).toBe(true)
  expect((await client.topicPartitions('shop', 'carts')).partitions[0]).toMatchObject({ latest: '1' })

  const writer = await client.testConnection('shop', 'writer', 'carts')
  expect(writer.steps.find(({ step }) => step === 'consume')).toMatchObject({ state: 'left-out' })
  expect(writer.ok).toBe(true)
  const robot = await client.testConnection('shop', 'robot')
  expect(robot.steps.at(-1)).toMatchObject({
    step: 'log-in',
    state: 'left-out',
    message: expect.stringContaining('certificate'),
  })
  const wrong = await client.testConnection('shop', 'app', 'nothing-like-it')
  expect(wrong.steps.at(-1)).toMatchObject({ step: 'metadata', state: 'failed' })
  await expect(client.testConnection('shop', 'nobody')).rejects.toMatchObject({ code: 'resource-absent' })
})

test('the platform tells that its parts are well, and clusters what they carry', async () => {
  const health = await waitFor(
    async () => {
      const found = await product.client.platformHealth()
      return found.parts.every(({ state }) => state === 'well') ? found : undefined
    },
    { what: 'all parts to be well', pollMs: 500 },
  ).catch(async () => product.client.platformHealth())
  expect(health.parts.filter(({ state }) => state !== 'well')).toEqual([])
  expect(health.parts.map(({ name }) => name.replace(/^gateway .*/, 'gateway'))).toEqual(
    expect.arrayContaining(['database', 'reconciler', 'gateway', 'sampling']),
  )
  const [cluster] = await product.client.clusterViews()
  expect(cluster).toMatchObject({
    tenants: 1,
    kafkaVersion: '4.3',
    brokers: [{ id: 0, controller: true, underReplicated: 0 }],
  })
  expect(cluster?.brokers[0]?.leaders).toBeGreaterThan(0)
  expect(cluster?.capacity.find(({ what }) => what === 'produce')).toMatchObject({ used: 1_000_000, unit: 'B/s' })
})

test('traffic through the gateway becomes usage over time of the tenant', async () => {
  const metrics = ['bytesIn', 'requests', 'connections', 'partitions', 'storedBytes'] as const
  const heard = await waitFor(
    async () => {
      await product.client.testConnection('shop', 'app')
      const answer = await product.client.series('shop', { metrics })
      const last = (metric: string) =>
        answer.series
          .find((each) => each.metric === metric)
          ?.points.filter(([, value]) => value !== null)
          .at(-1)?.[1] ?? undefined
      return (last('requests') ?? 0) > 0 && last('partitions') === 1 ? { answer, last } : undefined
    },
    { what: 'two samples', pollMs: 1_000 },
  )
  expect(heard.last('bytesIn')).toBeGreaterThan(0)
  expect(heard.last('storedBytes')).toBeGreaterThan(0)
  expect(heard.answer).toMatchObject({ stepMs: 60_000, source: 'sampled' })
  expect(heard.answer.series.find(({ metric }) => metric === 'bytesIn')?.limit).toBe(1_000_000)
})
