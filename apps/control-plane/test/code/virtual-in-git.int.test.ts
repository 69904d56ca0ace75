// SPDX-License-Identifier: Apache-2.0
/** Virtual tenants and teams in Git, and a control plane that lost its database: real Kafka, real Git, real databases. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import {
  parseDocument,
  physicalName,
  roleBindingSchema,
  roleSchema,
  teamSchema,
  tenantSchema,
  topicSchema,
} from '@kaas/domain'
import { openKafkaAdmin } from '@kaas/kafka-admin'
import { openStore, type ResourceKey, type Store } from '@kaas/store'
import { temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTenantsAsCode } from '../../src/code/open-tenants-as-code.ts'
import { DocumentKeeper } from '../../src/keeper/document-keeper.ts'
import { startReconciler } from '../../src/reconciler/start-reconciler.ts'
import { putResource } from '../../src/services/put-resource.ts'
import { Placements } from '../../src/tenants/placements.ts'
import { documentOf } from '../api/documents.ts'
import { type Platform, startPlatform } from '../platform.ts'
import { mergeInto, newRepository, repositoryAt } from './git-installation.ts'

const AUDIT = { actor: 'ada', action: 'put', subject: '/v1/tenants/orders', outcome: 'allowed', rule: 'test' } as const
const workload = { produce: '5MB/s', consume: '15MB/s', retention: '7d' }
const tenant = { kind: 'Tenant', name: 'orders' } as const
const topic = { kind: 'Topic', tenant: 'orders', name: 'payments' } as const

let platform: Platform
let bare: string
let password: string
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  bare = await newRepository()
  platform = await startPlatform()
})

afterAll(async () => {
  for (const stop of stops.toReversed()) await stop()
  await platform?.stop()
})

/** Reconciler and keeper over a store, with a clone of their own, and how to stop them. */
function work(store: Store) {
  const git = { url: bare, branch: 'main', directory: temporaryDirectory('clone') }
  const code = openTenantsAsCode({ git, pollMs: 500, goneAfterMs: 300_000 }, store, platform.log)
  const reconciler = startReconciler({ store, code, log: platform.log, kafkaTimeoutMs: 5_000 })
  const keeper = new DocumentKeeper({ store, code, log: platform.log })
  const stop = async () => {
    await keeper.stop()
    await reconciler.stop()
    await code.close()
  }
  return { code, keeper, stop }
}

async function order(store: Store): Promise<void> {
  const save = (key: ResourceKey, spec: object) =>
    store.saveResource({ key, spec: spec as never, labels: {}, annotations: {} }, { audit: AUDIT })
  await save({ kind: 'Team', name: 'default' }, teamSchema.shape.spec.parse({ members: ['ada'] }))
  await save(tenant, tenantSchema.shape.spec.parse({ workload }))
  await save(topic, topicSchema.shape.spec.parse({ partitions: 3 }))
}

const isReady = async (store: Store, key: ResourceKey) =>
  (await store.loadResource(key))?.status?.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')

test('documents of virtual tenants and of teams are in Git behind the order, with the author and without a secret', async () => {
  await platform.saveCluster()
  const { code, keeper, stop } = work(platform.store)
  await order(platform.store)
  password = await platform.saveUser('orders', 'app', { roles: ['admin'] })
  await platform.ready(topic)
  const { read, log } = repositoryAt(bare)
  await waitFor(async () => (await read('tenants/orders/tenant.yaml'))?.includes('name: app'), {
    what: 'the user in Git',
  })
  expect(await read('tenants/orders/tenant.yaml')).toContain('name: payments')
  expect(await read('tenants/orders/claim.yaml')).toContain('cluster: main')
  expect(await read('teams/default.yaml')).toContain('ada')
  expect(await read('tenants/orders/tenant.yaml')).not.toContain(password)
  expect((await log()).find(({ message }) => message.includes('KaaS-Tenant: orders'))?.author).toBe('ada')

  const before = await read('tenants/orders/tenant.yaml')
  await mergeInto(bare, 'Meddle', { 'tenants/orders/tenant.yaml': before?.replace('5MB/s', '50MB/s') })
  await code.repository.fetch()
  keeper.touch('orders')
  await waitFor(async () => (await read('tenants/orders/tenant.yaml')) === before, { what: 'the file as ordered' })
  const drift = await waitFor(async () => (await platform.store.listAudit({ limit: 1, outcome: 'denied' })).items[0], {
    what: 'the drift in the audit log',
  })
  expect(drift).toMatchObject({ action: 'drift', subject: '/v1/tenants/orders' })
  await stop()
})

test('roles, who has them, and policies are in Git too, and leave it with the last word', async () => {
  const { store } = platform
  const { stop } = work(store)
  const { read } = repositoryAt(bare)
  const save = (key: ResourceKey, spec: object) =>
    store.saveResource({ key, spec: spec as never, labels: {}, annotations: {} }, { audit: AUDIT })
  const rules = [{ verbs: ['read'], kinds: ['Topic'] }]
  await save({ kind: 'Role', name: 'readers' }, roleSchema.shape.spec.parse({ rules }))
  const binding = { kind: 'RoleBinding', name: 'ada-reads' } as const
  const bound = { role: 'readers', subjects: { people: ['ada'] }, scope: { tenant: 'orders' } }
  await save(binding, roleBindingSchema.shape.spec.parse(bound))
  await waitFor(() => read('rolebindings/ada-reads.yaml'), { what: 'the binding in Git' })
  expect(await read('roles/readers.yaml')).toContain('- Topic')
  await store.markDeleted(binding, { audit: AUDIT })
  await waitFor(async () => (await read('rolebindings/ada-reads.yaml')) === undefined, { what: 'the binding to be gone' })
  await stop()
})

test('the team that every database begins with does not wipe out the one that Git kept', async () => {
  const store = await openStore({ directory: join(temporaryDirectory('begun'), 'database'), secretsKey: randomBytes(32) })
  for (const name of ['default', 'later']) {
    const intent = {
      key: { kind: 'Team', name } as const,
      spec: teamSchema.shape.spec.parse({}),
      labels: {},
      annotations: {},
    }
    await store.saveResource(intent, { audit: AUDIT })
  }
  const { stop } = work(store)
  const { read } = repositoryAt(bare)
  await waitFor(() => read('teams/later.yaml'), { what: 'the team after it in Git' })
  expect(await read('teams/default.yaml')).toContain('ada')
  await stop()
  await store.close()
})

test('an empty database takes a virtual tenant over, because Git proves that its names are its own', async () => {
  const store = await openStore({ directory: join(temporaryDirectory('second'), 'database'), secretsKey: randomBytes(32) })
  stops.push(() => store.close())
  const { code, stop } = work(store)
  stops.push(stop)
  const cluster = await platform.load({ kind: 'KafkaCluster', name: 'main' })
  if (cluster?.kind !== 'KafkaCluster') throw new Error('There is no cluster.')
  const { spec, labels, annotations } = cluster
  await store.saveResource({ key: { kind: 'KafkaCluster', name: 'main' }, spec, labels, annotations }, { audit: AUDIT })
  const before = await platform.admin.describeTopics([physicalName('orders', 'payments')])
  await order(store)
  await waitFor(() => isReady(store, topic), { what: 'the topic to be ready again' })
  expect(await isReady(store, tenant)).toBe(true)
  expect(await platform.admin.describeTopics([physicalName('orders', 'payments')])).toEqual(before)

  const placements = new Placements(store)
  const user = documentOf('User', { name: 'app', tenant: 'orders' }, { roles: ['admin'] })
  const actor = { name: 'ada', rule: 'test' }
  const put = await putResource({ store, placements, code, log: platform.log }, parseDocument(user), {
    actor,
    dryRun: false,
  })
  expect(put).not.toHaveProperty('credentials')
  const app = { kind: 'User', tenant: 'orders', name: 'app' } as const
  await waitFor(() => isReady(store, app), { what: 'the user to be ready again' })
  const credentials = { username: 'orders.app', password, mechanism: 'SCRAM-SHA-512' } as const
  const asUser = openKafkaAdmin({ bootstrapServers: [platform.kafka.bootstrapServers], credentials })
  expect(await asUser.listTopicNames('')).toEqual(['orders.payments'])
  await asUser.close()

  await platform.admin.createTopic({ name: 'unproven.old', partitions: 1, configs: {} })
  const unproven = { kind: 'Tenant', name: 'unproven' } as const
  const intent = { key: unproven, spec: tenantSchema.shape.spec.parse({ workload }), labels: {}, annotations: {} }
  await store.saveResource(intent, { audit: AUDIT })
  await waitFor(
    async () => (await store.loadResource(unproven))?.status?.conditions.some(({ reason }) => reason === 'PrefixTaken'),
    { what: 'a prefix without proof to be refused' },
  )

  await store.markDeleted(tenant, { audit: AUDIT })
  await waitFor(async () => (await store.loadResource(tenant)) === undefined, {
    what: 'the tenant to be gone',
  })
  const { read } = repositoryAt(bare)
  expect([await read('tenants/orders/tenant.yaml'), await read('tenants/orders/claim.yaml')]).toEqual([undefined, undefined])
})
