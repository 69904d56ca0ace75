// SPDX-License-Identifier: Apache-2.0
/** The reconciler against real Kafka and a real store: the life of tenants, topics and users, drift, faults and removal. */
import { createServer, type Server } from 'node:net'
import { openKafkaAdmin } from '@kaas/kafka-admin'
import { saltPassword } from '@kaas/kafka-protocol'
import { quickOnce, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Platform, startPlatform } from '../../test/platform.ts'
import { ClusterSurvey, describeNames } from '../kafka/cluster-survey.ts'
import { type Reconciler, startReconciler } from './start-reconciler.ts'

let platform: Platform
let reconciler: Reconciler

beforeAll(async () => {
  platform = await startPlatform()
  reconciler = startReconciler({ store: platform.store, log: platform.log, kafkaTimeoutMs: 3_000 })
  await platform.saveCluster()
  await platform.ready({ kind: 'KafkaCluster', name: 'main' })
})

afterAll(async () => {
  await reconciler?.stop()
  await platform?.stop()
})

const tenant = (name: string) => ({ kind: 'Tenant', name }) as const
const topic = (of: string, name: string) => ({ kind: 'Topic', tenant: of, name }) as const
const user = (of: string, name: string) => ({ kind: 'User', tenant: of, name }) as const

test('an order becomes a tenant, a topic and a user who logs in, sees her topic and nothing else [R154]', async () => {
  await platform.saveTenant('orders')
  await platform.saveTopic('orders', 'payments', { partitions: 6, config: { 'cleanup.policy': 'compact' } })
  const password = await platform.saveUser('orders', 'app', { roles: ['admin'] })
  await Promise.all([
    platform.ready(tenant('orders')),
    platform.ready(topic('orders', 'payments')),
    platform.ready(user('orders', 'app')),
  ])
  await platform.admin.createTopic({ name: 'foreign', partitions: 1, configs: {} })

  for (const mechanism of ['SCRAM-SHA-512', 'SCRAM-SHA-256'] as const) {
    const credentials = { username: 'orders.app', password, mechanism }
    const asUser = openKafkaAdmin({ bootstrapServers: [platform.kafka.bootstrapServers], credentials })
    expect(await asUser.listTopicNames('')).toEqual(['orders.payments'])
    await asUser.close()
  }
  const settings = await platform.admin.describeConfigs('topic', 'orders.payments')
  const own = Object.fromEntries(settings.filter(({ source }) => source === 'topic').map(({ name, value }) => [name, value]))
  expect(own).toEqual({ 'cleanup.policy': 'compact', 'retention.ms': '604800000' })
})

test('what somebody changes by hand in Kafka is put right: rights, quotas, passwords, settings, partitions', async () => {
  await platform.saveTenant('drift')
  await platform.saveTopic('drift', 'events', { partitions: 2 })
  const password = await platform.saveUser('drift', 'app', { roles: ['producer', 'consumer'], quotas: { produce: '1MB/s' } })
  await Promise.all([platform.ready(topic('drift', 'events')), platform.ready(user('drift', 'app'))])
  const { admin } = platform
  const before = await admin.describeAcls({ principal: 'User:drift.app' })
  const everything = { ...(before[0] as (typeof before)[0]), name: 'other.', operation: 'all' } as const

  await admin.deleteAcls([{ principal: 'User:drift.app', operation: 'write' }])
  await admin.createAcls([everything])
  await admin.alterQuotas('drift.app', { set: { producer_byte_rate: 99_000_000, request_percentage: 50 }, remove: [] })
  const salt = Buffer.from('another salt')
  const saltedPassword = saltPassword('SCRAM-SHA-512', 'stolen', salt, 4096)
  await admin.upsertScramCredentials([
    { user: 'drift.app', mechanism: 'SCRAM-SHA-512', iterations: 4096, salt, saltedPassword },
  ])
  await admin.alterConfigs('topic', 'drift.events', { set: { 'max.message.bytes': '5000' }, unset: ['retention.ms'] })
  await platform.saveTopic('drift', 'events', { partitions: 5 })
  await platform.store.requestWork({ tenant: 'drift' })

  await waitFor(
    async () => expect(sorted(await admin.describeAcls({ principal: 'User:drift.app' }))).toEqual(sorted(before)) ?? true,
    {
      what: 'the rights to be as before',
    },
  )
  await waitFor(async () => expect(await logsIn('drift.app', password)).toBe(true) ?? true, {
    what: 'the password to work again',
  })
  expect(await logsIn('drift.app', 'stolen')).toBe(false)
  expect((await admin.describeQuotas('drift.app'))[0]?.values).toEqual({
    producer_byte_rate: 1_000_000,
    consumer_byte_rate: 15_000_000,
  })
  await platform.ready(topic('drift', 'events'))
  await waitFor(async () => (await platform.load(topic('drift', 'events')))?.status?.observed.partitions === 5, {
    what: 'growth',
  })
  const settings = await admin.describeConfigs('topic', 'drift.events', ['retention.ms', 'max.message.bytes'])
  expect(settings.map(({ value }) => value).sort()).toEqual(['1048588', '604800000'])
})

test('a changed workload reaches quotas and retention', async () => {
  await platform.saveTenant('grow')
  await platform.saveTopic('grow', 'events')
  await platform.saveUser('grow', 'app', { roles: ['admin'] })
  await Promise.all([platform.ready(topic('grow', 'events')), platform.ready(user('grow', 'app'))])
  await platform.saveTenant('grow', { workload: { produce: '8MB/s', consume: '9MB/s', retention: '1h' } })
  await waitFor(
    async () => {
      expect((await platform.admin.describeQuotas('grow.app'))[0]?.values.producer_byte_rate).toBe(8_000_000)
      const [retention] = await platform.admin.describeConfigs('topic', 'grow.events', ['retention.ms'])
      expect(retention?.value).toBe('3600000')
      return true
    },
    { what: 'the new limits in Kafka' },
  )
})

test('a prefix that is in use is refused with an example, nothing of it is touched, and adoption takes it over', async () => {
  await platform.admin.createTopic({ name: 'taken.old', partitions: 1, configs: {} })
  await platform.saveTenant('taken')
  await platform.saveTopic('taken', 'old')
  const refused = await platform.reason(tenant('taken'), 'PrefixTaken')
  expect(refused.status?.conditions.at(-1)?.message).toContain('topic taken.old')
  await platform.remove(tenant('taken'))
  await platform.gone(tenant('taken'))
  expect(await platform.admin.listTopicNames('taken.')).toEqual(['taken.old'])

  await platform.saveTenant('taken', { adopt: true })
  await platform.saveTopic('taken', 'old')
  await platform.ready(tenant('taken'))
  await platform.ready(topic('taken', 'old'))
})

test('a topic beyond the tenant, and settings that Kafka does not take, say so in their conditions', async () => {
  await platform.saveTenant('limits')
  await platform.saveTopic('limits', 'long', { config: { 'retention.ms': '-1' } })
  await platform.saveTopic('limits', 'wrong', { config: { 'no.such.setting': '1' } })
  const long = await platform.reason(topic('limits', 'long'), 'LimitExceeded')
  expect(long.status?.conditions.at(-1)?.message).toContain('7d')
  const wrong = await platform.reason(topic('limits', 'wrong'), 'KafkaSettingsInvalid')
  expect(wrong.status?.conditions.at(-1)?.message).toContain('no.such.setting')
})

test('removing a tenant leaves nothing of it in Kafka, also not what applications made there', async () => {
  await platform.saveTenant('leaving')
  await platform.saveTopic('leaving', 'events')
  await platform.saveUser('leaving', 'app', { roles: ['admin'] })
  await Promise.all([platform.ready(topic('leaving', 'events')), platform.ready(user('leaving', 'app'))])
  const { admin } = platform
  const salt = Buffer.from('some salt')
  const saltedPassword = saltPassword('SCRAM-SHA-256', 'x', salt, 4096)
  await admin.createTopic({ name: 'leaving.made-by-app', partitions: 1, configs: {} })
  await admin.upsertScramCredentials([
    { user: 'leaving.other', mechanism: 'SCRAM-SHA-256', iterations: 4096, salt, saltedPassword },
  ])
  const acl = { resource: 'group', name: 'leaving.g', pattern: 'literal', host: '*', permission: 'allow' } as const
  await admin.createAcls([{ ...acl, principal: 'User:leaving.other', operation: 'read' }])
  await admin.createAcls([{ ...acl, principal: 'User:orders.app', operation: 'read' }])
  await admin.alterQuotas('leaving.other', { set: { request_percentage: 10 }, remove: [] })

  await platform.remove(tenant('leaving'))
  await platform.gone(tenant('leaving'))
  expect(await platform.load(topic('leaving', 'events'))).toBeUndefined()
  expect(await platform.load(user('leaving', 'app'))).toBeUndefined()
  expect(describeNames(await new ClusterSurvey(admin).namesWith('leaving.', 0))).toEqual({ count: 0, examples: '' })
})

test('Kafka being away is a condition; what was ordered meanwhile is done when it is back', async () => {
  await platform.saveTenant('patient')
  await platform.ready(tenant('patient'))
  await platform.kafka.kill('SIGKILL')
  await platform.saveTopic('patient', 'events')
  await platform.saveUser('patient', 'app', { roles: ['admin'] })
  const waiting = await platform.reason(topic('patient', 'events'), 'KafkaUnavailable')
  expect(waiting.status?.conditions.at(-1)).toMatchObject({ status: 'Unknown', step: expect.stringContaining('waiting') })
  await platform.store.requestWork({ keys: [{ kind: 'KafkaCluster', name: 'main' }] })
  await platform.reason({ kind: 'KafkaCluster', name: 'main' }, 'KafkaUnavailable')
  await platform.reason(tenant('patient'), 'KafkaUnavailable')
  await platform.kafka.restart()
  await platform.ready({ kind: 'KafkaCluster', name: 'main' })
  await platform.ready(tenant('patient'))
  await platform.ready(topic('patient', 'events'))
  await platform.ready(user('patient', 'app'))
})

test('a cluster that never answers delays only its own tenants', async () => {
  const silent = await listenSilently()
  const address = silent.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await platform.saveClusterAt('silent', `127.0.0.1:${port}`)
  await platform.pretendReached('silent')
  for (let i = 0; i < 40; i++) await platform.saveTenant(`stuck-${i}`, { cluster: 'silent' })
  await platform.reason(tenant('stuck-0'), 'KafkaTimeout')
  let round = 0
  await quickOnce(2_000, async () => {
    const name = `quick-${++round}`
    await platform.saveTenant(name, { cluster: 'main' })
    await platform.ready(tenant(name))
  })
  silent.close()
})

async function logsIn(username: string, password: string): Promise<boolean> {
  const credentials = { username, password, mechanism: 'SCRAM-SHA-512' } as const
  const asUser = openKafkaAdmin({ bootstrapServers: [platform.kafka.bootstrapServers], credentials })
  const result = await asUser.describeCluster().then(
    () => true,
    () => false,
  )
  await asUser.close()
  return result
}

function sorted<T>(values: readonly T[]): string[] {
  return values.map((value) => JSON.stringify(value)).sort()
}

/** Takes connections and says nothing. */
function listenSilently(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1', () => resolve(server))
  })
}
