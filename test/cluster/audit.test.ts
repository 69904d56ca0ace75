// SPDX-License-Identifier: Apache-2.0
/**
 * The audit log of Kubernetes in a topic: a real API server with the shipped policy and webhook, a control plane as a process, and a real
 * Kafka, which is killed and comes back.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type KafkaAdmin, openKafkaAdmin } from '@kaas/kafka-admin'
import { headersOf } from '@kaas/kafka-records'
import { auditArguments, auditPolicy, auditWebhookConfig } from '@kaas/planner'
import { type ControlPlaneProcess, startKafka, temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { stringify } from 'yaml'
import { ApiServer } from './lane/api-server.ts'
import { startLaneControlPlane } from './lane/control-plane.ts'
import { Credentials } from './lane/credentials.ts'
import { KubeApi } from './lane/kube-api.ts'
import type { LaneAddress } from './lane/lane.ts'
import { readTopic } from './lane/read-topic.ts'
import { startTlsFront, type TlsFront } from './lane/tls-front.ts'

type Kafka = Awaited<ReturnType<typeof startKafka>>

const TOPIC = 'system.audit.kubernetes'
const SECRET = { apiVersion: 'v1', kind: 'Secret' }
const CONFIG = { apiVersion: 'v1', kind: 'ConfigMap' }
const EVENT = { auditID: 'by-hand', stage: 'ResponseComplete', stageTimestamp: '2026-11-21T12:00:00.000000Z', user: {} }
const lane = inject('lane') as LaneAddress
const folder = temporaryDirectory('audit')
const stops: (() => unknown)[] = []
const apiServerToken = randomBytes(24).toString('hex')
let kafka: Kafka
let admin: KafkaAdmin
let plane: ControlPlaneProcess
let front: TlsFront
let server: ApiServer
let ada: KubeApi
let root: KubeApi

beforeAll(async () => {
  kafka = await startKafka()
  stops.push(() => kafka.stop())
  const login = { ...kafka.admin, mechanism: 'SCRAM-SHA-512' } as const
  admin = openKafkaAdmin({
    bootstrapServers: [kafka.bootstrapServers],
    credentials: login,
    clientId: 'test',
    callTimeoutMs: 10_000,
  })
  stops.push(() => admin.close())
  const tokenFile = file('token', apiServerToken)
  plane = await startLaneControlPlane(lane, {
    KAAS_CLUSTERS_FILE: file('clusters.json', JSON.stringify([clusterDocument()])),
    KAAS_AUDIT_CLUSTER: 'main',
    KAAS_KUBERNETES_AUDIT_TOKEN_FILE: tokenFile,
  })
  stops.push(() => plane.stop())
  server = await startServer(tokenFile)
  root = new KubeApi(server.adminKubeconfig)
  ada = new KubeApi(await server.kubeconfigFor('ada', { user: 'ada', groups: ['readers'] }))
  stops.push(
    () => root.close(),
    () => ada.close(),
  )
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kaas-shop' } }
  await waitFor(() => root.apply(namespace), { what: 'the API server to take objects' })
})

afterAll(async () => {
  for (const stop of stops.reverse()) await stop()
})

test('who reads a Secret is in the topic, with who, where and when, and never with what is in it [R69]', async () => {
  const metadata = { name: 'app', namespace: 'kaas-shop' }
  await root.apply({ ...SECRET, metadata, stringData: { password: 'nobody-may-see-this' } })
  await root.get(SECRET, 'app', 'kaas-shop')
  await expect(ada.get(SECRET, 'app', 'kaas-shop')).rejects.toThrow(/forbidden/)
  const [denied] = await until(
    'the denied reading',
    ({ verb, user, ref }) => verb === 'get' && user === 'ada' && ref === 'secrets/app',
  )
  expect(denied?.headers).toMatchObject({
    ce_source: '/kubernetes/management',
    ce_subject: 'management/kaas-shop/secrets/app',
  })
  expect(denied?.event).toMatchObject({
    type: 'dev.kaas.audit.kubernetes.get',
    data: { responseStatus: { code: 403 }, sourceIPs: ['127.0.0.1'] },
  })
  await until('the allowed reading', ({ verb, user, ref }) => verb === 'get' && user === 'admin' && ref === 'secrets/app')
  await until('the writing', ({ verb, ref }) => verb === 'patch' && ref === 'secrets/app')
  const all = JSON.stringify(await allSeen())
  expect(all).not.toContain('nobody-may-see-this')
  expect(all).not.toContain(Buffer.from('nobody-may-see-this').toString('base64'))
})

test('who gives rights is in the topic with what was given, and daily work of programs is not [R69]', async () => {
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'readers' }]
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }
  const metadata = { name: 'readers', namespace: 'kaas-shop' }
  await root.apply({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata, roleRef, subjects })
  const [given] = await until('the binding', ({ ref }) => ref === 'rolebindings/readers')
  expect(given?.event.data).toMatchObject({ requestObject: { subjects, roleRef } })
  const others = (await allSeen()).filter(({ user }) => user.startsWith('system:'))
  expect(others.map(({ user, verb, ref }) => `${user} ${verb} ${ref}`)).toEqual([])
})

test('nothing is lost while Kafka is away: it is refused with words, sent again, and in the topic when Kafka is back [R69]', async () => {
  await kafka.kill()
  const names = Array.from({ length: 30 }, (_, index) => `while-away-${index}`)
  for (const name of names) await root.apply({ ...CONFIG, metadata: { name, namespace: 'kaas-shop' } })
  const refused = await waitFor(
    async () => {
      const answer = await post({ items: [EVENT], kind: 'EventList', apiVersion: 'audit.k8s.io/v1' }, 'management')
      return answer.status === 503 ? ((await answer.json()) as { code: string; help: string }) : undefined
    },
    { what: 'events to be refused' },
  )
  expect(refused).toMatchObject({ code: 'kafka-unavailable', help: expect.stringContaining('again by themselves') })
  await waitFor(() => front.answered(503) > 0, { what: 'the API server to be refused' })
  await kafka.restart()
  const found = await until(
    'all writings',
    ({ ref, verb }) => verb === 'patch' && ref.startsWith('configmaps/while-away-'),
    (records) => new Set(records.map(({ ref }) => ref)).size === names.length,
  )
  expect(readFileSync(join(folder, 'audit.log'), 'utf8'), 'for when Kafka is away for longer').toContain(names.at(-1))
  // At least once: doubles have the same id.
  expect(new Set(found.map(({ headers }) => headers.ce_id)).size).toBe(names.length)
})

test('as much as an API server sends at once is taken, and more is refused before it is read [R69]', async () => {
  const events = (count: number) => ({
    kind: 'EventList',
    apiVersion: 'audit.k8s.io/v1',
    items: Array.from({ length: count }, (_, index) => ({
      ...EVENT,
      auditID: `large-${index}`,
      annotations: { text: 'x'.repeat(10_000) },
    })),
  })
  const taken = await post(events(900), 'large')
  expect({ status: taken.status, ...((await taken.json()) as object) }).toEqual({ status: 200, taken: 900 })
  const found = (await allSeen()).filter(({ headers }) => headers.ce_source === '/kubernetes/large')
  expect(new Set(found.map(({ headers }) => headers.ce_id)).size).toBe(900)
  const refused = (await (await post(events(1300), 'large')).json()) as object
  expect(refused).toMatchObject({ code: 'request-too-large', help: expect.stringContaining('--audit-webhook-truncate') })
  expect((await post(events(1300), 'large', 'a-token-that-nobody-gave').catch(() => ({ status: 401 }))).status).toBe(401)
})

test('nobody else brings events, and their token does nothing else [R69]', async () => {
  const list = { kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: [] }
  expect((await post(list, 'management', 'a-token-that-nobody-gave')).status).toBe(401)
  expect(
    (await post({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: [{ stage: 'x' }] }, 'management')).status,
  ).toBe(400)
  expect((await post(list, '..%2Fother')).status).toBe(400)
  const headers = { authorization: `Bearer ${apiServerToken}` }
  for (const path of ['/v1/tenants', '/v1/gateway/snapshot', '/v1/audit']) {
    expect((await fetch(`${plane.url}${path}`, { headers })).status, path).toBe(403)
  }
})

function post(body: object, cluster: string, token = apiServerToken): Promise<Response> {
  return fetch(`${plane.url}/v1/kubernetes/${cluster}/audit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text, { mode: 0o600 })
  return join(folder, name)
}

function clusterDocument(): object {
  const { username } = kafka.admin
  const login = { username, passwordFile: kafka.adminPasswordFile, mechanism: 'SCRAM-SHA-512' }
  return {
    apiVersion: 'kaas.dev/v1',
    kind: 'KafkaCluster',
    metadata: { name: 'main' },
    spec: { bootstrapServers: [kafka.bootstrapServers], tls: { enabled: false }, admin: login },
  }
}

/** With the shipped files; only the first pause between two tries is shorter than people have it. */
async function startServer(tokenFile: string): Promise<ApiServer> {
  const policy = file('policy.yaml', stringify(auditPolicy()))
  front = await startTlsFront(plane.url)
  stops.push(() => front.stop())
  const webhook = file('webhook.yaml', stringify(auditWebhookConfig(front, 'management', tokenFile)))
  const args = auditArguments({ policy, webhook, log: join(folder, 'audit.log') })
  const flags = args.map(({ name, value }) => `--${name}=${name === 'audit-webhook-initial-backoff' ? '3s' : value}`)
  const etcd = { url: lane.etcd.url, credentials: Credentials.open(lane.etcd.certificates) }
  const program = lane.binaries['kube-apiserver']
  const started = await ApiServer.start({ program, etcd, prefix: 'audit', folder: lane.folder, name: 'audit', flags })
  stops.push(() => started.stop())
  return started
}

interface Seen {
  readonly user: string
  readonly verb: string
  /** `secrets/app`. */
  readonly ref: string
  readonly headers: Readonly<Record<string, string>>
  readonly event: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }
}

/** Waits until records that fit are there, by default one. */
function until(what: string, fits: (seen: Seen) => boolean, enough = (found: readonly Seen[]) => found.length > 0) {
  const probe = async () => {
    const found = (await allSeen()).filter(fits)
    return enough(found) ? found : undefined
  }
  return waitFor(probe, { what: `${what} to be in the topic`, pollMs: 500 })
}

async function allSeen(): Promise<readonly Seen[]> {
  return (await readTopic(admin, TOPIC)).map((record) => {
    const event = JSON.parse(String(record.value))
    const { user, verb, objectRef = {} } = event.data
    const ref = [objectRef.resource, objectRef.name].join('/')
    const headers = Object.fromEntries([...headersOf(record)].map(({ name, value }) => [name, String(value)]))
    return { user: user.username, verb, ref, headers, event }
  })
}
