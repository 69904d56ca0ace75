// SPDX-License-Identifier: Apache-2.0
/** Every verb against real Kafka, and what Kafka's own tools see of it. */
import { randomBytes } from 'node:crypto'
import { SCRAM_GUARD_USER } from '@kaas/domain'
import { saltPassword } from '@kaas/kafka-protocol'
import { type Kafka, kafkaTool, saslProperties, startKafka, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KafkaAdmin, openKafkaAdmin } from './open-kafka-admin.ts'

let kafka: Kafka
let admin: KafkaAdmin

beforeAll(async () => {
  // Small pages, so that reading names takes several.
  kafka = await startKafka({ properties: { 'max.request.partition.size.limit': '3' } })
  admin = asUser(kafka.admin.username, kafka.admin.password)
})

afterAll(async () => {
  await admin?.close()
  await kafka?.stop()
})

/** A broker shows a change some milliseconds after the controller took it. */
function shown<T>(look: () => Promise<T>, expected: unknown): Promise<true> {
  const probe = async () => {
    expect(await look()).toEqual(expected)
    return true as const
  }
  return waitFor(probe, { what: 'Kafka to show the change' })
}

function asUser(
  username: string,
  password: string,
  mechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256' = 'SCRAM-SHA-512',
): KafkaAdmin {
  return openKafkaAdmin({ bootstrapServers: [kafka.bootstrapServers], credentials: { username, password, mechanism } })
}

function credential(user: string, mechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256', password: string) {
  const salt = randomBytes(16)
  return { user, mechanism, iterations: 4096, salt, saltedPassword: saltPassword(mechanism, password, salt, 4096) }
}

test('the cluster tells its brokers and its release', async () => {
  const [port = 0] = kafka.ports
  expect((await admin.describeCluster()).brokers).toEqual([
    { nodeId: 0, host: '127.0.0.1', port, rack: null, fenced: false },
  ])
  expect((await admin.describeFeatures()).release).toBe('4.3')
})

test('a topic is made, grown, configured, seen by Kafka’s own tool, and deleted; doing it twice says so or is harmless', async () => {
  const name = 'orders.payments'
  await admin.createTopic({ name, partitions: 2, configs: { 'retention.ms': '1000' } })
  await expect(admin.createTopic({ name, partitions: 2, configs: {} })).rejects.toMatchObject({ code: 'resource-exists' })
  await admin.createPartitions(name, 5)
  await admin.alterConfigs('topic', name, { set: { 'cleanup.policy': 'compact' }, unset: ['retention.ms'] })
  const own = async () => (await admin.describeConfigs('topic', name)).filter(({ source }) => source === 'topic')
  await shown(own, [{ name: 'cleanup.policy', value: 'compact', source: 'topic' }])
  await shown(async () => (await admin.describeTopics([name, 'absent'])).map(({ partitions }) => partitions), [5])
  const tool = ['--bootstrap-server', kafka.bootstrapServers, '--describe', '--topic', name]
  const { stdout } = await kafkaTool('org.apache.kafka.tools.TopicCommand', tool, { config: saslProperties(kafka.admin) })
  expect(stdout).toContain('PartitionCount: 5')
  expect(stdout).toContain('cleanup.policy=compact')
  await admin.deleteTopics([name])
  await admin.deleteTopics([name])
  await shown(() => admin.describeTopics([name]), [])
})

test('what Kafka does not take comes back in its own words', async () => {
  const topic = { name: 'wrong', partitions: 1, configs: {} }
  await expect(admin.createTopic({ ...topic, configs: { 'no.such': '1' } })).rejects.toMatchObject({
    code: 'kafka-settings-invalid',
    message: expect.stringContaining('no.such'),
  })
  await expect(admin.createTopic({ ...topic, replicationFactor: 3 })).rejects.toMatchObject({
    code: 'kafka-settings-invalid',
  })
  await expect(admin.describeConfigs('topic', 'absent')).rejects.toMatchObject({ code: 'resource-absent' })
})

test('names by prefix are exactly those, at the edges of the prefix too, in order, and over many pages', async () => {
  const inside = ['shop.', 'shop.a', 'shop.b.c', 'shop.~'].map((name) => name.replace('~', 'z_').replace(/\.$/, '.0'))
  for (const name of [...inside, 'shop', 'shop-a.x', 'shopping.a', 'aaa', 'zzz']) {
    await admin.createTopic({ name, partitions: 1, configs: {} })
  }
  await admin.createTopic({ name: 'shop.many', partitions: 11, configs: {} })
  const expected = [...inside, 'shop.many'].sort()
  await shown(() => admin.listTopicNames('shop.'), expected)
  expect(await admin.listTopicNames('shop.', 2)).toEqual(expected.slice(0, 2))
  expect(await admin.listTopicNames('none.')).toEqual([])
})

test('a user logs in with salted values that were given, for both mechanisms, and not after they are taken away', async () => {
  const both = (['SCRAM-SHA-512', 'SCRAM-SHA-256'] as const).map((mechanism) => credential('orders.app', mechanism, 'pw'))
  await admin.upsertScramCredentials(both)
  const trials = () =>
    Promise.all(both.map((each) => admin.tryCredential({ username: each.user, mechanism: each.mechanism, salted: each })))
  await shown(trials, ['works', 'works'])
  for (const mechanism of ['SCRAM-SHA-512', 'SCRAM-SHA-256'] as const) {
    const user = asUser('orders.app', 'pw', mechanism)
    expect((await user.describeCluster()).brokers).toHaveLength(1)
    await user.close()
  }
  const wrong = asUser('orders.app', 'wrong')
  await expect(wrong.describeCluster()).rejects.toMatchObject({ code: 'credentials-wrong' })
  await wrong.close()
  const [described] = await admin.describeScramCredentials(['orders.app', 'orders.absent'])
  expect(described?.credentials.map(({ mechanism }) => mechanism).sort()).toEqual(['SCRAM-SHA-256', 'SCRAM-SHA-512'])
  await admin.upsertScramCredentials([credential('orders.app', 'SCRAM-SHA-512', 'pw')])
  await shown(trials, ['refused', 'works'])
  await admin.deleteScramCredentials([...both, ...both])
  await shown(trials, ['refused', 'refused'])
  expect((await admin.describeScramCredentials()).map(({ user }) => user).sort()).toEqual(['admin', SCRAM_GUARD_USER])
})

test('access rules are added once, found by any part of them, and deleted one by one', async () => {
  const acl = {
    resource: 'topic',
    name: 'orders.',
    pattern: 'prefixed',
    principal: 'User:orders.app',
    host: '*',
    operation: 'read',
    permission: 'allow',
  } as const
  const second = { ...acl, resource: 'group', operation: 'describe' } as const
  await admin.createAcls([acl, second])
  await admin.createAcls([acl])
  await shown(async () => (await admin.describeAcls({ principal: acl.principal })).length, 2)
  expect(await admin.describeAcls({ resource: 'group' })).toEqual([second])
  expect(await admin.deleteAcls([acl])).toBe(1)
  expect(await admin.deleteAcls([acl])).toBe(0)
  await shown(() => admin.describeAcls({ principal: acl.principal }), [second])
})

test('quotas are set, read and removed per user', async () => {
  const set = { producer_byte_rate: 1000, consumer_byte_rate: 2000 }
  await admin.alterQuotas('orders.app', { set, remove: [] })
  await shown(() => admin.describeQuotas('orders.app'), [{ user: 'orders.app', values: set }])
  expect(await admin.describeQuotas()).toEqual([{ user: 'orders.app', values: set }])
  await admin.alterQuotas('orders.app', {
    set: {},
    remove: ['producer_byte_rate', 'consumer_byte_rate', 'request_percentage'],
  })
  await shown(() => admin.describeQuotas(), [])
})

test('a user without rights is refused by Kafka, and told which right is missing', async () => {
  await admin.upsertScramCredentials([credential('nobody.app', 'SCRAM-SHA-512', 'pw')])
  const user = asUser('nobody.app', 'pw')
  await waitFor(() => user.describeCluster(), { what: 'the login to work' })
  await expect(user.describeAcls({})).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(user.createTopic({ name: 'x', partitions: 1, configs: {} })).rejects.toMatchObject({ code: 'not-allowed' })
  await user.close()
})

test('groups and open transactions of real clients are found by prefix and ended', async () => {
  await admin.createTopic({ name: 'work.events', partitions: 1, configs: {} })
  const properties = saslProperties(kafka.admin)
  const server = ['--bootstrap-server', kafka.bootstrapServers]
  const consume = [...server, '--topic', 'work.events', '--group', 'work.readers', '--timeout-ms', '2500']
  await kafkaTool('org.apache.kafka.tools.consumer.ConsoleConsumer', consume, { config: properties, allowFailure: true })
  expect((await admin.listGroups('work.')).map(({ groupId }) => groupId)).toEqual(['work.readers'])
  await admin.deleteGroups(['work.readers', 'work.absent'])
  await shown(() => admin.listGroups('work.'), [])

  const { Producer, stringSerializers } = await import('@platformatic/kafka')
  const [host, port] = ['127.0.0.1', kafka.ports[0] ?? 0]
  const producer = new Producer({
    clientId: 'test',
    bootstrapBrokers: [`${host}:${port}`],
    sasl: { mechanism: 'SCRAM-SHA-512', username: kafka.admin.username, password: kafka.admin.password },
    serializers: stringSerializers,
    idempotent: true,
    transactionalId: 'work.+writer',
  })
  const transaction = await producer.beginTransaction()
  await transaction.send({ messages: [{ topic: 'work.events', key: 'k', value: 'v' }] })
  const open = async () => (await admin.listTransactionalIds('work.')).filter(({ state }) => state === 'Ongoing')
  await shown(async () => (await open()).map(({ transactionalId }) => transactionalId), ['work.+writer'])
  expect(await admin.listTransactionalIds('work..')).toEqual([])
  await admin.endTransactions(['work.+writer'])
  await shown(open, [])
  await expect(transaction.commit()).rejects.toThrow()
  await producer.close()
})

test('after a restart of the broker the next call works, and every user is still there', async () => {
  await admin.upsertScramCredentials([credential('gone.app', 'SCRAM-SHA-512', 'pw')])
  await admin.deleteScramCredentials([{ user: 'gone.app', mechanism: 'SCRAM-SHA-512' }])
  await kafka.kill('SIGKILL')
  await expect(admin.describeCluster()).rejects.toMatchObject({ code: 'kafka-unavailable' })
  await kafka.restart()
  expect((await admin.describeCluster()).brokers).toHaveLength(1)
  expect((await admin.describeScramCredentials(['admin']))[0]?.credentials).toHaveLength(2)
})
