// SPDX-License-Identifier: Apache-2.0
/**
 * A tenant with a Kubernetes cluster of its own from the order at the API to its end: the control plane writes Git, the real Flux and
 * Cluster API make the cluster, and the API says what both clusters say, also when one is lost. Actors play the provider for AWS (a
 * control plane is a real second API server), Strimzi's operator and cert-manager.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Condition } from '@kaas/domain'
import { describeKind, type ResourceAnswer } from '@kaas/http-contract'
import { type ControlPlaneProcess, temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { playCertManager } from './actors/certificate-issuer.ts'
import { type Provider, playProvider } from './actors/infrastructure-provider.ts'
import { POD_IDENTITY_DEFINITION } from './actors/pod-identity-definition.ts'
import { playStrimzi } from './actors/strimzi-operator.ts'
import { KUSTOMIZATION, STRIMZI, untilGone } from './lane/conditions.ts'
import { startLaneControlPlane } from './lane/control-plane.ts'
import { followReadiness } from './lane/follow-readiness.ts'
import { KubeApi } from './lane/kube-api.ts'
import { type LaneAddress, ZONES } from './lane/lane.ts'
import { layOut } from './lane/lay-out.ts'
import type { TenantsClone } from './lane/tenants-clone.ts'

const [TENANT, TOPIC, USER] = [describeKind('Tenant'), describeKind('Topic'), describeKind('User')]
/** The first loses its cluster, the other keeps it until it is deleted. That of a third, `stuck`, the provider never makes. */
const TENANTS = ['vault', 'neighbour'] as const
const CLUSTER = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Cluster' }
const DEPLOYMENT = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'MachineDeployment' }
const MACHINE = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Machine' }
const RELEASE = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' }
const KAFKA = { apiVersion: STRIMZI, kind: 'Kafka' }
const SECRET = { apiVersion: 'v1', kind: 'Secret' }
/** An order of a cluster takes minutes here as well: Flux looks again a minute after what was not there yet. */
const LONG = { timeout: 300_000 }

const lane = inject('lane') as LaneAddress
const folder = temporaryDirectory('actors')
const stops: (() => unknown)[] = []
const inside = new Map<string, KubeApi>()
let api: KubeApi
let clone: TenantsClone
let provider: Provider
let plane: ControlPlaneProcess
let unreadyNeighbour: () => readonly string[]

beforeAll(async () => {
  api = new KubeApi(lane.kubeconfig)
  await api.apply(POD_IDENTITY_DEFINITION)
  clone = await layOut(lane, api)
  plane = await startLaneControlPlane(lane, { KAAS_CLUSTER_GONE_AFTER: '5s' })
})

afterAll(async () => {
  await plane?.stop()
  for (const stop of stops.reverse()) await stop()
  for (const cluster of [...inside.values(), api]) cluster?.close()
})

test(
  'an order of a tenant with a cluster of its own becomes infrastructure, a platform and a Kafka without a step by hand, when actors play the provider and the operators in it [R90] [R189]',
  LONG,
  async () => {
    for (const tenant of [...TENANTS, 'stuck']) {
      expect(await order(tenant)).toEqual(['created', 'created', 'created'])
    }
    for (const tenant of TENANTS) {
      const what = `the API to say that ${tenant} waits for its infrastructure`
      const waits = async () => readyOf(await read(tenant))?.step === 'infrastructure'
      await waitFor(waits, { what, pollMs: 200 })
    }
    provider = playProvider(api, lane, { zones: ZONES, prefixes: { vault: 'tenant-2', neighbour: 'tenant-4' } })
    stops.push(() => provider.stop())
    await Promise.all(TENANTS.map(playOperatorsOf))
    for (const tenant of TENANTS) {
      const { status } = await ready(() => read(tenant), `the tenant ${tenant}`)
      await ready(() => readUser(tenant), `the user of ${tenant}`)
      const steps = status?.observed.steps as readonly { readonly name: string; readonly state: string }[]
      const ofCluster = ['infrastructure', 'control-plane', 'workers', 'kubeconfig', 'platform', 'kafka']
      expect(steps.map(({ name }) => name)).toEqual(expect.arrayContaining(ofCluster))
      expect(steps.filter(({ name, state }) => name !== 'topics-and-users' && state !== 'done')).toEqual([])
      expect((await inside.get(tenant)?.list(KAFKA))?.map(({ metadata }) => metadata.name)).toEqual([tenant])
      expect(await api.list(KAFKA, `kaas-${tenant}`)).toEqual([])
    }
  },
)

test('a user is told how she connects by what stands in the cluster of her tenant only', async () => {
  const connection = await plane.client.connection('vault', 'app')
  expect(connection).toMatchObject({
    bootstrap: expect.stringMatching(/vault\.kafka\.example\.org:443$/),
    login: { kind: 'tls', username: 'vault.app', keyPem: expect.stringContaining('PRIVATE KEY') },
  })
  const entriesIn = async (cluster: KubeApi | undefined, name: string) => {
    const secrets = (await cluster?.list(SECRET, 'kaas-vault')) ?? []
    const entries = secrets.map(({ data }) => (data as Readonly<Record<string, string>> | undefined)?.[name] ?? '')
    return entries.map((entry) => Buffer.from(entry, 'base64').toString())
  }
  const certificate = connection.login.kind === 'tls' && connection.login.certificatePem
  expect(await entriesIn(inside.get('vault'), 'user.crt')).toContain(certificate)
  expect(await entriesIn(inside.get('vault'), 'ca.crt')).toContain(connection.caPem)
  expect(await entriesIn(api, 'user.crt')).not.toContain(certificate)
})

test('people of the team are led to the cluster of their tenant, with nothing of its administrator [R65]', async () => {
  const { kubeconfig } = await plane.client.kubeconfig('vault')
  const server = (await provider.clusters.get('vault'))?.server
  const ca = server && readFileSync(server.credentials.path('ca.crt')).toString('base64')
  expect(kubeconfig).toMatchObject({
    clusters: [{ cluster: { server: server?.url, 'certificate-authority-data': ca } }],
    users: [{ user: { exec: { args: expect.arrayContaining(['--oidc-issuer-url=https://id.example.org']) } } }],
  })
  expect(JSON.stringify(kubeconfig)).not.toMatch(/client-key|client-certificate|"token"/)
  const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding' }
  const bound = await inside.get('vault')?.get(binding, 'kaas-team-view')
  expect(bound).toMatchObject({ roleRef: { name: 'view' }, subjects: [{ kind: 'Group', name: 'oidc:default' }] })
  await expect(plane.client.kubeconfig('stuck')).rejects.toMatchObject({ code: 'resource-absent' })
})

test('an order whose cluster never comes up can be taken back, although Flux waits for it', LONG, async () => {
  expect(await api.get(CLUSTER, 'stuck', 'kaas-stuck')).toBeDefined()
  expect(readyOf(await read('stuck'))).toMatchObject({ status: 'False', step: 'infrastructure' })
  await plane.client.delete({ kind: TENANT, name: 'stuck' })
  await untilRemoved('stuck')
  await nothingIsLeftOf('stuck')
})

test('a cluster that is lost is told as unknown with what to do, and nothing changes for others', LONG, async () => {
  await ready(() => read('neighbour'), 'the other tenant')
  unreadyNeighbour = await followReadiness(plane.client, 'neighbour')
  await (await provider.clusters.get('vault'))?.stop('at once')
  const unknown = async (get: () => Promise<ResourceAnswer>) => {
    const condition = readyOf(await get())
    return condition?.status === 'Unknown' && condition
  }
  for (const get of [() => read('vault'), () => readUser('vault')]) {
    const told = await waitFor(() => unknown(get), { what: 'the loss to be told', pollMs: 200 })
    expect(told.message).toMatch(/cluster of the tenant is not heard since .*\. Check/)
  }
  expect(readyOf(await read('neighbour'))?.status).toBe('True')
})

test('a deletion ends although the cluster of the tenant is gone, and so does the purge after it', LONG, async () => {
  await plane.client.delete({ kind: TENANT, name: 'vault' })
  await untilRemoved('vault')
  await nothingIsLeftOf('vault')
  await ready(() => read('neighbour'), 'the other tenant')
  await plane.client.purgeTenant('vault', 'vault')
  await untilGone(api, { apiVersion: 'v1', kind: 'Namespace' }, 'kaas-vault')
  expect(unreadyNeighbour()).toEqual([])
})

test('a kubeconfig that was deleted is told with what to do, and nothing is removed until it is back', LONG, async () => {
  const secret = await api.get(SECRET, 'neighbour-kubeconfig', 'kaas-neighbour')
  if (secret === undefined) throw new Error('The provider wrote a kubeconfig.')
  await api.remove(SECRET, 'neighbour-kubeconfig', 'kaas-neighbour')
  await plane.client.delete({ kind: TENANT, name: 'neighbour' })
  const told = async () => {
    const condition = readyOf(await read('neighbour'))
    return condition?.status === 'Unknown' && condition.message
  }
  const message = await waitFor(told, { what: 'the loss to be told', pollMs: 200 })
  expect(message).toMatch(/no Secret neighbour-kubeconfig in namespace kaas-neighbour.*kubectl delete cluster neighbour/)
  await sleep(8_000)
  expect(await told(), 'after the time at which a lost cluster counts as gone').toBe(message)
  expect((await inside.get('neighbour')?.list(KAFKA))?.map(({ metadata }) => metadata.name)).toEqual(['neighbour'])
  const { name, namespace, labels } = secret.metadata
  const { type, data } = secret
  await api.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace, labels }, type, data })
})

test('a deletion while the cluster is there takes Kafka and the platform out of it first', LONG, async () => {
  await untilRemoved('neighbour')
  await nothingIsLeftOf('neighbour')
  expect(await api.list(RELEASE, 'kaas-neighbour')).toEqual([])
  for (const kind of ['Kafka', 'KafkaNodePool', 'KafkaTopic', 'KafkaUser']) {
    expect(await inside.get('neighbour')?.list({ apiVersion: STRIMZI, kind })).toEqual([])
  }
})

/** As soon as there is a cluster, as its operators start when Helm has installed them. */
async function playOperatorsOf(tenant: string): Promise<void> {
  const what = `the cluster of ${tenant}`
  const { server } = await waitFor(() => provider.clusters.get(tenant), { what, timeoutMs: 90_000 })
  const cluster = new KubeApi(server.adminKubeconfig)
  inside.set(tenant, cluster)
  stops.push(playCertManager(cluster, join(folder, tenant, 'issuer')), playStrimzi(cluster, join(folder, tenant, 'strimzi')))
}

async function order(tenant: string): Promise<readonly string[]> {
  const document = (kind: string, metadata: object, spec: object) => ({ apiVersion: 'kaas.dev/v1', kind, metadata, spec })
  const workload = { produce: '5MB/s', consume: '15MB/s', retention: '7d' }
  const login = { authentication: 'tls', roles: ['producer', 'consumer'] }
  const documents = [
    [{ kind: TENANT, name: tenant }, document('Tenant', { name: tenant }, { isolation: 'cluster', workload })],
    [{ kind: TOPIC, tenant, name: 'orders' }, document('Topic', { name: 'orders', tenant }, { partitions: 6 })],
    [{ kind: USER, tenant, name: 'app' }, document('User', { name: 'app', tenant }, login)],
  ] as const
  const outcomes: string[] = []
  for (const [key, content] of documents) outcomes.push((await plane.client.put(key, content)).outcome)
  return outcomes
}

/** Waits until the API has no such tenant any more; a timeout says what it waits for. */
async function untilRemoved(tenant: string): Promise<void> {
  const probe = () =>
    read(tenant).then(
      (found) => {
        throw new Error(readyOf(found)?.message)
      },
      () => true,
    )
  await waitFor(probe, { what: `the tenant ${tenant} to be gone`, timeoutMs: 120_000, pollMs: 500 })
}

/** Neither in Git nor in the management cluster; the namespace is kept. */
async function nothingIsLeftOf(tenant: string): Promise<void> {
  const namespace = `kaas-${tenant}`
  for (const kind of [CLUSTER, DEPLOYMENT, MACHINE, KUSTOMIZATION]) expect(await api.list(kind, namespace)).toEqual([])
  expect(await api.get(RELEASE, `${tenant}-platform`, namespace)).toBeUndefined()
  expect((await api.get({ apiVersion: 'v1', kind: 'Namespace' }, namespace))?.metadata.deletionTimestamp).toBeUndefined()
  await clone.pull()
  for (const path of [
    `tenants/${tenant}/tenant.yaml`,
    `flux/tenants/${tenant}.yaml`,
    `infrastructure/clusters/${tenant}.yaml`,
  ])
    await expect(clone.read(path)).rejects.toThrow(/ENOENT/)
}

function read(tenant: string): Promise<ResourceAnswer> {
  return plane.client.get({ kind: TENANT, name: tenant })
}

function readUser(tenant: string): Promise<ResourceAnswer> {
  return plane.client.get({ kind: USER, tenant, name: 'app' })
}

function readyOf({ status }: ResourceAnswer): Condition | undefined {
  return status?.conditions.find(({ type }) => type === 'Ready')
}

/** Waits for a resource to be ready; a timeout says what its condition says. */
async function ready(get: () => Promise<ResourceAnswer>, what: string): Promise<ResourceAnswer> {
  const probe = async () => {
    const found = await get()
    const condition = readyOf(found)
    if (condition?.status === 'True') return found
    throw new Error(`${condition?.reason}, ${condition?.step}: ${condition?.message}`)
  }
  return await waitFor(probe, { what: `${what} to be ready`, timeoutMs: 200_000, pollMs: 200 })
}
