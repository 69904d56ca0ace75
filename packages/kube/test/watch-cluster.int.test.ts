// SPDX-License-Identifier: Apache-2.0
import type { ClusterWatch, KubeOptions } from '@kaas/kube'
import { watchCluster } from '@kaas/kube'
import { waitFor } from '@kaas/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ProtocolServer, type ServedObject, startProtocolServer } from './protocol-server.ts'

const CONFIG_MAPS = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' }
const KAFKAS = { apiVersion: 'kafka.strimzi.io/v1', kind: 'Kafka', plural: 'kafkas' }
/** A busy machine must not take the server for lost; tests of loss beat faster. */
const QUICK = { firstRetryMs: 20, longestRetryMs: 100, missingRetryMs: 60_000, heartbeatMs: 10_000, watchMs: 60_000 }
const BEATING = { ...QUICK, heartbeatMs: 1000 }

let server: ProtocolServer
const opened: ClusterWatch[] = []

beforeEach(async () => {
  server = await startProtocolServer()
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((watch) => watch.close()))
  await server.stop()
})

test('a watch lists what is there, page by page, and then tells what comes, changes and goes', async () => {
  server.behaviour.objects = Array.from({ length: 25 }, (_, index) =>
    configMap(`map-${String(index).padStart(2, '0')}`, 'shop'),
  )
  server.behaviour.pageSize = 10
  const { watch, told } = await watchAndWait()
  expect(watch.objectsOf('shop').map(({ name }) => name)).toHaveLength(25)
  expect(server.requests.filter((request) => !request.includes('watch='))).toHaveLength(3)
  await waitFor(() => told.length === 1, { what: 'one call for the whole list' })

  server.send('ADDED', configMap('new', 'bank'))
  await waitFor(() => watch.objectsOf('bank').length === 1, { what: 'the new object' })
  server.send('MODIFIED', configMap('new', 'bank', { generation: 2 }))
  await waitFor(() => watch.objectsOf('bank')[0]?.generation === 2, { what: 'the change' })
  server.send('DELETED', configMap('new', 'bank'))
  await waitFor(() => watch.objectsOf('bank').length === 0, { what: 'the end' })
  expect(told).toEqual(['shop', 'bank', 'bank', 'bank'])
})

test('only objects with the label are asked for, and a kind may have a label of its own', async () => {
  await watchAndWait({ kinds: [{ ...CONFIG_MAPS, labelSelector: 'a=b' }] })
  await watchAndWait()
  const asked = server.requests
    .filter((request) => !isWatch(request))
    .map((request) => /labelSelector=([^&]+)/.exec(request)?.[1])
  expect(asked).toEqual(['a=b', 'kaas.dev/tenant'])
})

test('an object that moves to another tenant is told to both, and belongs to one', async () => {
  server.behaviour.objects = [configMap('a', 'shop')]
  const { watch, told } = await watchAndWait()
  server.send('MODIFIED', configMap('a', 'bank', { namespace: 'kaas-shop' }))
  await waitFor(() => watch.objectsOf('bank').length === 1, { what: 'the move' })
  expect(watch.objectsOf('shop')).toEqual([])
  await waitFor(() => told.includes('bank') && told.filter((tenant) => tenant === 'shop').length === 2, {
    what: 'both calls',
  })
})

test('a connection that is cut goes on from the last version, so that nothing is missed and nothing listed anew', async () => {
  const { watch } = await watchAndWait()
  server.send('ADDED', configMap('a', 'shop'))
  await waitFor(() => watch.objectsOf('shop').length === 1, { what: 'the object' })
  server.cut()
  await waitFor(() => server.requests.filter(isWatch).length === 2, { what: 'the second watch' })
  expect(server.requests.filter(isWatch)[1]).toContain(`resourceVersion=${server.behaviour.version}`)
  expect(server.requests.filter((request) => !isWatch(request))).toHaveLength(1)
})

test('a quiet kind goes on from a bookmark, so that its version does not become too old', async () => {
  await watchAndWait()
  server.behaviour.version = 5000
  server.send('BOOKMARK', { metadata: { name: '' } })
  server.end()
  await waitFor(() => server.requests.filter(isWatch).length === 2, { what: 'the second watch' })
  expect(server.requests.filter(isWatch)[1]).toContain('resourceVersion=5001')
})

test('a version that is too old (410 Gone) is met by a new list, and what went meanwhile is told', async () => {
  server.behaviour.objects = [configMap('a', 'shop'), configMap('b', 'bank')]
  const { watch, told } = await watchAndWait()
  server.behaviour.objects = [configMap('b', 'bank')]
  server.write(
    `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, message: 'too old resource version' } })}\n`,
  )
  await waitFor(() => watch.objectsOf('shop').length === 0, { what: 'the object to be gone' })
  await waitFor(() => told.filter((tenant) => tenant === 'shop').length === 2, { what: 'the call' })
  expect(told.filter((tenant) => tenant === 'bank')).toHaveLength(1)
  expect(watch.objectsOf('bank')).toHaveLength(1)
})

test('pages that expire while they are read are read again', async () => {
  server.behaviour.objects = Array.from({ length: 30 }, (_, index) => configMap(`map-${index}`, 'shop'))
  server.behaviour.pageSize = 10
  server.behaviour.expirePages = 1
  const { watch } = await watchAndWait()
  expect(watch.objectsOf('shop')).toHaveLength(30)
})

test.each([
  ['no JSON', 'this is not JSON\n'],
  ['JSON that is no event', '{"hello":1}\n'],
])('%s in a watch is not believed: everything is listed anew and watching goes on', async (_, garbage) => {
  const { watch } = await watchAndWait()
  server.behaviour.objects = [configMap('a', 'shop')]
  server.write(garbage)
  await waitFor(() => watch.objectsOf('shop').length === 1, { what: 'the new list' })
  await waitFor(() => server.openWatches() === 1 && watch.problem() === undefined, { what: 'the new watch' })
})

test('objects of a strange shape neither stop the watch nor become ready', async () => {
  const strange = {
    metadata: { name: 'a', labels: { 'kaas.dev/tenant': 'shop' } },
    status: { conditions: 'none' },
    spec: [],
  }
  server.behaviour.objects = [strange, null as unknown as ServedObject, configMap('b', 'shop')]
  const { watch } = await watchAndWait()
  expect(watch.objectsOf('shop').map(({ name, conditions, spec }) => [name, conditions, spec])).toEqual([
    ['a', [], {}],
    ['b', [], {}],
  ])
})

test('a server that goes away is told once, with since when; its objects stay, and its return is told once', async () => {
  server.behaviour.objects = [configMap('a', 'shop')]
  const { watch, told } = await watchAndWait({ timing: BEATING })
  expect(watch.lostSince()).toBeUndefined()
  await server.stop()
  await waitFor(() => watch.lostSince() !== undefined, { what: 'the loss' })
  const since = watch.lostSince()
  expect(watch.problem()).toMatchObject({ code: 'kubernetes-unavailable', message: expect.stringContaining(server.url) })
  expect(watch.kinds()).toMatchObject([{ state: 'behind' }])
  expect(watch.objectsOf('shop')).toHaveLength(1)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(watch.lostSince()).toEqual(since)

  await server.start()
  await waitFor(() => watch.lostSince() === undefined && server.openWatches() === 1, { what: 'the return' })
  await waitFor(() => told.filter((tenant) => tenant === undefined).length === 2, { what: 'two calls' })
  await waitFor(() => watch.problem() === undefined, { what: 'the end of the problem' })
  expect(watch.kinds()).toMatchObject([{ state: 'watched' }])
})

test('a server that takes connections and never answers counts as lost', async () => {
  const { watch } = await watchAndWait({ timing: BEATING })
  server.behaviour.isSilent = true
  await waitFor(() => watch.lostSince() !== undefined, { what: 'the loss' })
  expect(watch.problem()?.message).toContain('no answer in time')
})

test('a kubeconfig that expired says so in words for a condition, and a renewed one is taken without a restart', async () => {
  server.behaviour.authorization = 'Bearer old'
  let token = 'old'
  const { watch } = await watchAndWait({ kubeconfig: async () => kubeconfig(token), timing: BEATING })
  server.behaviour.authorization = 'Bearer new'
  await waitFor(() => watch.problem() !== undefined, { what: 'the refusal' })
  expect(watch.problem()).toMatchObject({ code: 'kubernetes-refused', message: expect.stringContaining('Unauthorized') })
  expect(watch.lostSince()).toBeDefined()
  token = 'new'
  await waitFor(() => watch.problem() === undefined, { what: 'the new log-in' })
  expect(watch.lostSince()).toBeUndefined()
})

test('a right that is missing is told with the words of the server, and does not count as a lost connection', async () => {
  server.behaviour.listStatuses = Array.from({ length: 1000 }, () => 403)
  const { watch } = begin({})
  await waitFor(() => watch.problem() !== undefined, { what: 'the refusal' })
  await expect(watch.ready(200)).rejects.toMatchObject({
    code: 'kubernetes-refused',
    message: expect.stringContaining('as told'),
  })
  expect(watch.lostSince()).toBeUndefined()
})

test('a kind whose definition is not installed does not disturb the others', async () => {
  server.behaviour.objects = [configMap('a', 'shop')]
  const { watch } = await watchAndWait({ kinds: [KAFKAS, CONFIG_MAPS] })
  expect(watch.kinds()).toMatchObject([
    { kind: 'Kafka', state: 'missing' },
    { kind: 'ConfigMap', state: 'watched' },
  ])
  expect(watch.problem()).toBeUndefined()
  expect(watch.objectsOf('shop')).toHaveLength(1)
})

test('a missing kind is looked for at once when asked', async () => {
  const { watch } = await watchAndWait({ kinds: [KAFKAS, CONFIG_MAPS] })
  const looks = () => server.requests.filter((request) => request.includes('kafkas')).length
  await waitFor(() => looks() === 3, { what: 'the quick looks of a server that may be starting' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(looks()).toBe(3)
  watch.lookAgain()
  await waitFor(() => looks() === 4, { what: 'the look' })
})

test('a definition that is away for a moment, as while a server starts, does not make its objects gone', async () => {
  server.behaviour.objects = [configMap('a', 'shop')]
  const { watch } = await watchAndWait()
  server.behaviour.listStatuses = [404, 404]
  server.write(`${JSON.stringify({ type: 'ERROR', object: { code: 410 } })}\n`)
  await waitFor(() => server.behaviour.listStatuses.length === 0, { what: 'both 404' })
  expect(watch.objectsOf('shop')).toHaveLength(1)
  await waitFor(() => watch.kinds()[0]?.state === 'watched', { what: 'the kind' })
  expect(watch.objectsOf('shop')).toHaveLength(1)
})

test.each([
  ['no YAML', '\t{', 'is not YAML'],
  ['nothing', '', 'cannot be used'],
  ['a context that it has not', 'current-context: b\nclusters: []\nusers: []\ncontexts: []', 'no context "b"'],
])('a kubeconfig with %s is a problem in words, not a crash', async (_, text, words) => {
  const { watch } = begin({ kubeconfig: text })
  await waitFor(() => watch.problem() !== undefined, { what: 'the problem' })
  await expect(watch.ready(50)).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringContaining(words) })
  expect(watch.lostSince()).toBeDefined()
  await expect(watch.readSecret('a', 'b')).rejects.toMatchObject({ code: 'config-invalid' })
})

test('a closed watch tells nothing more and keeps no connection', async () => {
  const { watch, told } = await watchAndWait()
  server.behaviour.objects = [configMap('a', 'shop')]
  server.send('ADDED', configMap('a', 'shop'))
  await watch.close()
  await waitFor(() => server.openWatches() === 0, { what: 'the end of the connection' })
  expect(told.length).toBeLessThanOrEqual(1)
})

test('ten thousand objects are listed within seconds and without what is not needed of them', async () => {
  const managedFields = [{ manager: 'x', fieldsV1: { 'f:spec': 'x'.repeat(2000) } }]
  server.behaviour.objects = Array.from({ length: 10_000 }, (_, index) =>
    configMap(`m${index}`, `tenant-${index % 1000}`, { managedFields }),
  )
  server.behaviour.pageSize = 500
  const { watch, told } = await watchAndWait()
  expect(watch.objectsOf('tenant-7')).toHaveLength(10)
  expect(JSON.stringify(watch.objectsOf('tenant-7'))).not.toContain('managedFields')
  await waitFor(() => told.length === 1000, { what: 'one call for each tenant' })
})

async function watchAndWait(options: Partial<KubeOptions> = {}) {
  const begun = begin(options)
  await begun.watch.ready(30_000)
  await waitFor(() => server.openWatches() === opened.length, { what: 'the watch' })
  return begun
}

function begin(options: Partial<KubeOptions>) {
  const told: (string | undefined)[] = []
  const watch = watchCluster({
    kubeconfig: kubeconfig('token'),
    kinds: [CONFIG_MAPS],
    labelSelector: 'kaas.dev/tenant',
    changed: (tenant) => told.push(tenant),
    now: () => new Date(),
    timing: QUICK,
    ...options,
  })
  opened.push(watch)
  return { watch, told }
}

function kubeconfig(token: string): string {
  return JSON.stringify({
    'current-context': 'it',
    clusters: [{ name: 'it', cluster: { server: server.url } }],
    users: [{ name: 'it', user: { token } }],
    contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
  })
}

function configMap(name: string, tenant: string, more: object = {}): ServedObject {
  return { metadata: { name, namespace: `kaas-${tenant}`, generation: 1, labels: { 'kaas.dev/tenant': tenant }, ...more } }
}

function isWatch(request: string): boolean {
  return request.includes('watch=1')
}
