// SPDX-License-Identifier: Apache-2.0
/** The watch of `packages/kube` against a real API server of its own, which these tests stop, start and take rights from. */
import { readFile } from 'node:fs/promises'
import { type ClusterWatch, type KubeOptions, mirrorTenant, TENANT_KIND, tenantDefinition, watchCluster } from '@kaas/kube'
import { freePort, runProgram, temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { ApiServer, type ApiServerOptions } from './lane/api-server.ts'
import { Credentials } from './lane/credentials.ts'
import { KubeApi } from './lane/kube-api.ts'
import type { LaneAddress } from './lane/lane.ts'

const CONFIG_MAPS = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' }
const NAMESPACES = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' }
const NAMESPACE = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'kaas-shop', labels: { 'kaas.dev/tenant': 'shop' } },
}
const QUICK = { firstRetryMs: 50, longestRetryMs: 500, heartbeatMs: 1000 }

const lane = inject('lane') as LaneAddress
const opened: ClusterWatch[] = []
let options: ApiServerOptions
let server: ApiServer
let api: KubeApi

beforeAll(async () => {
  const folder = temporaryDirectory('kube')
  const etcd = { url: lane.etcd.url, credentials: Credentials.open(lane.etcd.certificates) }
  options = {
    program: lane.binaries['kube-apiserver'],
    etcd,
    prefix: 'kube-watch',
    folder,
    name: 'watched',
    port: await freePort(),
  }
  server = await ApiServer.start(options)
  api = new KubeApi(server.adminKubeconfig)
  await api.apply(NAMESPACE)
})

afterEach(() => Promise.all(opened.splice(0).map((watch) => watch.close())))

afterAll(async () => {
  api?.close()
  await server?.stop()
})

test('thousands of objects come page by page, and changes within a moment', async () => {
  const names = Array.from({ length: 1200 }, (_, index) => `many-${index}`)
  for (let at = 0; at < names.length; at += 50)
    await Promise.all(names.slice(at, at + 50).map((name) => api.apply(configMap(name))))
  const { watch, told } = await watching()
  expect(watch.objectsOf('shop').filter(({ kind }) => kind === 'ConfigMap')).toHaveLength(1200)
  await waitFor(() => told.length === 1, { what: 'one call for all of them' })
  await api.apply(configMap('late'))
  await waitFor(() => watch.objectsOf('shop').some(({ name }) => name === 'late'), { what: 'the object that came late' })
  await api.remove(CONFIG_MAPS, 'late', 'kaas-shop')
  await waitFor(() => !watch.objectsOf('shop').some(({ name }) => name === 'late'), { what: 'its end' })
})

test('writes go by server-side apply, what the server does not know is refused in its words, and Secrets are read decoded', async () => {
  const { watch } = await watching()
  await watch.apply({ ...configMap('written'), data: { a: '1' } })
  await waitFor(() => watch.objectsOf('shop').some(({ name }) => name === 'written'), { what: 'what was written' })
  const refusal = { code: 'kubernetes-refused', message: expect.stringContaining('field not declared in schema') }
  await expect(watch.apply({ ...configMap('written'), datta: {} })).rejects.toMatchObject(refusal)
  await expect(watch.apply({ ...configMap('a'), kind: 'Kafka', apiVersion: 'kafka.strimzi.io/v1' })).rejects.toMatchObject({
    code: 'kubernetes-refused',
    message: expect.stringContaining('no kind Kafka'),
  })
  const written = { ...CONFIG_MAPS, namespace: 'kaas-shop', name: 'written' }
  await watch.remove(written)
  await watch.remove(written)

  const metadata = { name: 'shop.app', namespace: 'kaas-shop' }
  await watch.apply({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { password: 'pass\nwörd' } })
  expect(await watch.readSecret('kaas-shop', 'shop.app')).toEqual({ password: 'pass\nwörd' })
  expect(await watch.readSecret('kaas-shop', 'absent')).toBeUndefined()
})

test('a definition that is installed later is found at once when asked, and kubectl shows the mirror of a tenant', async () => {
  const { watch } = await watching({ kinds: [NAMESPACES, TENANT_KIND] })
  expect(watch.kinds()).toMatchObject([{ state: 'watched' }, { kind: 'Tenant', state: 'missing' }])
  await api.apply(parse(tenantDefinition()))
  await waitFor(
    () => {
      watch.lookAgain()
      return watch.kinds()[1]?.state === 'watched'
    },
    { what: 'the new kind', pollMs: 200 },
  )
  await waitFor(() => mirror(watch, 'kafka: running').then(() => true), { what: 'the first mirror' })
  const args = ['--kubeconfig', server.adminKubeconfig, 'get', 'tenants.kaas.dev', '-n', 'kaas-shop']
  const { stdout } = await runProgram(lane.binaries.kubectl, args)
  expect(stdout.split('\n')[0]?.split(/\s+/)).toEqual(['NAME', 'TEAM', 'ISOLATION', 'READY', 'STEP', 'ENDPOINT', 'AGE'])
  expect(stdout.split('\n')[1]).toMatch(/^shop +web +namespace +False +kafka: running +/)

  const version = () => watch.objectsOf('shop').find(({ kind }) => kind === 'Tenant')?.resourceVersion
  await waitFor(() => watch.objectsOf('shop').some(({ status }) => status.step === 'kafka: running'), {
    what: 'the mirror in memory',
  })
  const before = version()
  await mirror(watch, 'kafka: running')
  expect((await api.get(TENANT_KIND, 'shop', 'kaas-shop'))?.metadata.resourceVersion).toBe(before)
})

test('a server that is lost is told with since when, and all goes on when it is back, also what changed meanwhile', async () => {
  const { watch, told } = await watching()
  const count = watch.objectsOf('shop').length
  await server.stop('at once')
  await waitFor(() => watch.lostSince() !== undefined, { what: 'the loss' })
  expect(watch.problem()).toMatchObject({ code: 'kubernetes-unavailable' })
  expect(watch.objectsOf('shop')).toHaveLength(count)
  const { certificate, key } = await authorityOf(server)
  server = await ApiServer.start({ ...options, name: 'again', authority: { certificate, key } })
  await api.apply(configMap('after'))
  await waitFor(() => watch.objectsOf('shop').some(({ name }) => name === 'after'), {
    what: 'the new object',
  })
  expect(watch.lostSince()).toBeUndefined()
  expect(told).toContain(undefined)
  expect(watch.objectsOf('shop')).toHaveLength(count + 1)
})

test('an account without rights is told which right it lacks, and one that was deleted that its log-in is over', async () => {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'viewer', namespace: 'kaas-shop' } }
  await api.apply(account)
  const kubeconfig = kubeconfigWith(await tokenOf('viewer'))
  const { watch } = begin({ kubeconfig })
  await expect(watch.ready(2000)).rejects.toMatchObject({
    code: 'kubernetes-refused',
    message: expect.stringContaining('"system:serviceaccount:kaas-shop:viewer" cannot list resource'),
  })
  expect(watch.lostSince()).toBeUndefined()
  await api.remove(account, 'viewer', 'kaas-shop')
  await waitFor(() => watch.lostSince() !== undefined, { what: 'the end of the log-in' })
  expect(watch.problem()?.message).toContain('does not accept the log-in of the kubeconfig')
})

async function watching(more: Partial<KubeOptions> = {}) {
  const begun = begin({ kubeconfig: await readFile(server.adminKubeconfig, 'utf8'), ...more })
  await begun.watch.ready(20_000)
  return begun
}

function begin(more: Partial<KubeOptions> & Pick<KubeOptions, 'kubeconfig'>) {
  const told: (string | undefined)[] = []
  const watch = watchCluster({
    kinds: [NAMESPACES, CONFIG_MAPS],
    labelSelector: 'kaas.dev/tenant',
    changed: (tenant) => told.push(tenant),
    now: () => new Date(),
    timing: QUICK,
    ...more,
  })
  opened.push(watch)
  return { watch, told }
}

function mirror(watch: ClusterWatch, step: string): Promise<void> {
  const since = '2026-11-21T07:00:00Z'
  const condition = {
    type: 'Ready',
    status: 'False',
    reason: 'Running',
    message: 'Kafka starts.',
    lastTransitionTime: since,
  } as const
  return mirrorTenant(watch, {
    tenant: 'shop',
    labels: { 'kaas.dev/team': 'web' },
    spec: { team: 'web', environment: 'production', isolation: 'namespace', management: 'api' },
    status: { observedGeneration: 1, step, conditions: [condition] },
  })
}

async function authorityOf({ credentials }: ApiServer) {
  const [certificate, key] = await Promise.all(['ca.crt', 'ca.key'].map((file) => readFile(credentials.path(file), 'utf8')))
  return { certificate: certificate ?? '', key: key ?? '' }
}

async function tokenOf(name: string): Promise<string> {
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } }
  const { status } = await api.post(`/api/v1/namespaces/kaas-shop/serviceaccounts/${name}/token`, request)
  return (status as { readonly token: string }).token
}

function kubeconfigWith(token: string): () => Promise<string> {
  return async () => {
    const config = parse(await readFile(server.adminKubeconfig, 'utf8'))
    return JSON.stringify({ ...config, users: [{ name: config.users[0].name, user: { token } }] })
  }
}

function configMap(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'kaas-shop', labels: { 'kaas.dev/tenant': 'shop' } },
  }
}
