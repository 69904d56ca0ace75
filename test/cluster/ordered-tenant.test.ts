// SPDX-License-Identifier: Apache-2.0
/**
 * A tenant with a namespace of its own from the order at the API to its end: the control plane writes Git, the real Flux applies it, and
 * the API says what Kubernetes says. Strimzi's operator and cert-manager are played by actors.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describeKind, type ResourceAnswer } from '@kaas/http-contract'
import { tenantDefinition } from '@kaas/kube'
import { type ControlPlaneProcess, temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { playCertManager } from './actors/certificate-issuer.ts'
import { playStrimzi } from './actors/strimzi-operator.ts'
import { STRIMZI, untilGone } from './lane/conditions.ts'
import { startLaneControlPlane } from './lane/control-plane.ts'
import { followReadiness } from './lane/follow-readiness.ts'
import { KubeApi } from './lane/kube-api.ts'
import type { LaneAddress } from './lane/lane.ts'
import { layOut } from './lane/lay-out.ts'
import type { TenantsClone } from './lane/tenants-clone.ts'

const [TENANT, TOPIC, USER] = [describeKind('Tenant'), describeKind('Topic'), describeKind('User')]
const NAMESPACE = 'kaas-ordered'
const lane = inject('lane') as LaneAddress
const folder = temporaryDirectory('actors')
const stops: (() => unknown)[] = []
let api: KubeApi
let clone: TenantsClone
let plane: ControlPlaneProcess

beforeAll(async () => {
  api = new KubeApi(lane.kubeconfig)
  clone = await layOut(lane, api)
  await api.apply(parse(tenantDefinition()))
  stops.push(playCertManager(api, join(folder, 'issuer')), playStrimzi(api, join(folder, 'strimzi')))
  plane = await startLaneControlPlane(lane)
})

afterAll(async () => {
  await plane?.stop()
  for (const stop of stops) await stop()
  api?.close()
})

const documentOf = (kind: string, metadata: object, spec: object) => ({
  apiVersion: 'kaas.dev/v1',
  kind,
  metadata,
  spec,
})
const workload = { produce: '5MB/s', consume: '15MB/s', retention: '7d' }
const ordered = documentOf('Tenant', { name: 'ordered' }, { isolation: 'namespace', workload })
const orders = documentOf('Topic', { name: 'orders', tenant: 'ordered' }, { partitions: 6 })
const app = documentOf('User', { name: 'app', tenant: 'ordered' }, { authentication: 'tls', roles: ['admin'] })

const neighbour = { kind: TENANT, name: 'neighbour' }
const isGone = (name: string) => () =>
  plane.client.get({ kind: TENANT, name }).then(
    (found) => {
      throw new Error(found.status?.conditions.at(-1)?.message)
    },
    () => true,
  )

async function order(): Promise<readonly string[]> {
  const { client } = plane
  const outcomes = [
    await client.put({ kind: TENANT, name: 'ordered' }, ordered),
    await client.put({ kind: TOPIC, tenant: 'ordered', name: 'orders' }, orders),
    await client.put({ kind: USER, tenant: 'ordered', name: 'app' }, app),
  ]
  return outcomes.map(({ outcome }) => outcome)
}

/** Waits for a resource to be ready; a timeout says what its condition says. */
async function ready(get: () => Promise<ResourceAnswer>, what: string): Promise<ResourceAnswer> {
  const probe = async () => {
    const found = await get()
    const condition = found.status?.conditions.find(({ type }) => type === 'Ready')
    if (condition?.status === 'True') return found
    throw new Error(`${condition?.reason}, ${condition?.step}: ${condition?.message}`)
  }
  return await waitFor(probe, { what: `${what} to be ready`, timeoutMs: 110_000, pollMs: 200 })
}

/** An order waits for several rounds of Flux, on a machine that may be busy. */
const LONG = { timeout: 150_000 }

const readyTenant = () => ready(() => plane.client.get({ kind: TENANT, name: 'ordered' }), 'the tenant')
const readyUser = () => ready(() => plane.client.get({ kind: USER, tenant: 'ordered', name: 'app' }), 'the user')

test(
  "an order becomes files, a Kafka and a connection without a step by hand, when an actor plays Strimzi's operator [R189]",
  LONG,
  async () => {
    expect(await order()).toEqual(['created', 'created', 'created'])
    const tenant = await readyTenant()
    await readyUser()
    const steps = tenant.status?.observed.steps as readonly { readonly name: string; readonly state: string }[]
    expect(steps.filter(({ state }) => state !== 'done').map(({ name }) => name)).toEqual([])
    expect(tenant.status?.observed).toMatchObject({ bootstrap: expect.stringContaining('ordered.kafka.example.org') })
    const connection = await plane.client.connection('ordered', 'app')
    expect(connection).toMatchObject({
      bootstrap: expect.stringMatching(/ordered\.kafka\.example\.org:443$/),
      caPem: expect.stringContaining('BEGIN CERTIFICATE'),
      login: { kind: 'tls', username: 'ordered.app', keyPem: expect.stringContaining('PRIVATE KEY') },
    })
    const { items } = await plane.client.audit({ subject: '/v1/tenants/ordered/users/app' })
    expect(items.map(({ data }) => data.action)).toContain('read-connection')
    expect(JSON.stringify(items)).not.toContain('PRIVATE KEY')
  },
)

test('a tenant stays ready while a neighbour comes, changes many times and goes, and tells a change of its own until Flux has applied it', {
  timeout: 300_000,
}, async () => {
  const unready = await followReadiness(plane.client, 'ordered')
  await plane.client.put(neighbour, documentOf('Tenant', { name: 'neighbour' }, { isolation: 'namespace', workload }))
  await ready(() => plane.client.get(neighbour), 'the neighbour')
  // Some while Flux is still at work on the one before, some after.
  for (const [at, pauseMs] of [200, 2500, 600, 6000, 1200, 300, 4000, 900].entries()) {
    const topic = documentOf('Topic', { name: `topic-${at}`, tenant: 'neighbour' }, { partitions: 3 })
    await plane.client.put({ kind: TOPIC, tenant: 'neighbour', name: `topic-${at}` }, topic)
    await sleep(pauseMs)
  }
  await ready(() => plane.client.get({ kind: TOPIC, tenant: 'neighbour', name: 'topic-7' }), 'the last topic')
  await plane.client.delete(neighbour)
  await waitFor(isGone('neighbour'), { what: 'the neighbour to be gone', timeoutMs: 110_000, pollMs: 500 })
  await readyTenant()
  expect(unready()).toEqual([])
  const own = { kind: TOPIC, tenant: 'ordered', name: 'orders' }
  await plane.client.put(own, { ...orders, spec: { partitions: 9 } })
  const isTold = () => unready().some((line) => line.includes('Tenant ordered: False'))
  await waitFor(isTold, { what: 'the own change to be told', pollMs: 50 })
  await readyTenant()
  const topic = await api.get({ apiVersion: STRIMZI, kind: 'KafkaTopic' }, 'orders', NAMESPACE)
  expect(topic?.spec, `ready again, so applied; told before: ${unready().join('\n')}`).toMatchObject({ partitions: 9 })
  await plane.client.purgeTenant('neighbour', 'neighbour')
})

test('people who live in kubectl see the same conditions as those who ask the API', async () => {
  const mirrored = await waitFor(() => api.get({ apiVersion: 'kaas.dev/v1', kind: 'Tenant' }, 'ordered', NAMESPACE), {
    what: 'the mirror of the tenant',
  })
  expect(mirrored.spec).toMatchObject({ isolation: 'namespace', management: 'api' })
  expect(JSON.stringify(mirrored.status)).toContain('"Ready"')
})

test('a topic that is removed goes from Git and from Kubernetes, and can be ordered again', async () => {
  const kind = { apiVersion: STRIMZI, kind: 'KafkaTopic' }
  expect(await api.get(kind, 'orders', NAMESPACE)).toBeDefined()
  await plane.client.delete({ kind: TOPIC, tenant: 'ordered', name: 'orders' })
  await untilGone(api, kind, 'orders', NAMESPACE)
  await waitFor(
    async () =>
      await plane.client.get({ kind: TOPIC, tenant: 'ordered', name: 'orders' }).then(
        () => false,
        () => true,
      ),
    { what: 'the topic to be gone' },
  )
  await plane.client.put({ kind: TOPIC, tenant: 'ordered', name: 'orders' }, orders)
  await ready(() => plane.client.get({ kind: TOPIC, tenant: 'ordered', name: 'orders' }), 'the topic')
})

test(
  'an empty control plane takes the tenant over from Git and the cluster: nothing is written and nothing restarts',
  LONG,
  async () => {
    const kind = { apiVersion: STRIMZI, kind: 'Kafka' }
    const topics = { apiVersion: STRIMZI, kind: 'KafkaTopic' }
    const before = await api.get(kind, 'ordered', NAMESPACE)
    const topic = await api.get(topics, 'orders', NAMESPACE)
    await plane.stop()
    plane = await startLaneControlPlane(lane)
    expect(await order()).toEqual(['created', 'created', 'created'])
    await readyTenant()
    await readyUser()
    const after = await api.get(kind, 'ordered', NAMESPACE)
    expect(after?.metadata).toMatchObject({ uid: before?.metadata.uid, generation: before?.metadata.generation })
    expect((await api.get(topics, 'orders', NAMESPACE))?.metadata.uid).toBe(topic?.metadata.uid)
    expect(await plane.client.connection('ordered', 'app')).toMatchObject({ login: { username: 'ordered.app' } })
  },
)

test('a deletion goes in order, keeps the namespace with its volumes, and a purge gives them up', LONG, async () => {
  await expect(plane.client.purgeTenant('ordered', 'ordered')).rejects.toMatchObject({ code: 'resource-in-use' })
  await plane.client.delete({ kind: TENANT, name: 'ordered' })
  await waitFor(isGone('ordered'), { what: 'the tenant to be gone', timeoutMs: 110_000, pollMs: 500 })
  expect(await api.get({ apiVersion: STRIMZI, kind: 'Kafka' }, 'ordered', NAMESPACE)).toBeUndefined()
  const namespace = await api.get({ apiVersion: 'v1', kind: 'Namespace' }, NAMESPACE)
  expect(namespace?.metadata.deletionTimestamp).toBeUndefined()
  await clone.pull()
  await expect(clone.read('tenants/ordered/tenant.yaml')).rejects.toThrow(/ENOENT/)
  await expect(plane.client.purgeTenant('ordered', 'typo')).rejects.toMatchObject({ code: 'deletion-protected' })
  expect(await plane.client.purgeTenant('ordered', 'ordered')).toMatchObject({ outcome: 'purging', namespace: NAMESPACE })
  await untilGone(api, { apiVersion: 'v1', kind: 'Namespace' }, NAMESPACE)
})
