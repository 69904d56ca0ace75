// SPDX-License-Identifier: Apache-2.0
/**
 * The steps that `packages/kube` reads, from statuses that the real Flux writes. Kafka, its topics and its users are there, but no
 * operator runs them: an actor writes what Strimzi's writes.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type ClusterWatch,
  currentStep,
  endpointOf,
  progressOfDeletion,
  readAuthority,
  readUserCredentials,
  type Step,
  tenantSteps,
  viewOf,
  type WatchedKind,
  watchCluster,
} from '@kaas/kube'
import { temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { stringify } from 'yaml'
import { playStrimzi } from './actors/strimzi-operator.ts'
import { KubeApi } from './lane/kube-api.ts'
import type { LaneAddress } from './lane/lane.ts'
import { TenantsClone } from './lane/tenants-clone.ts'

const GIT_REPOSITORY = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository' }
const KUSTOMIZATION = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' }
const STRIMZI = 'kafka.strimzi.io/v1'
const TENANT = 'steps'
const NAMESPACE = `kaas-${TENANT}`
const KINDS: readonly WatchedKind[] = [
  { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' },
  { ...GIT_REPOSITORY, plural: 'gitrepositories' },
  { ...KUSTOMIZATION, plural: 'kustomizations' },
  { apiVersion: STRIMZI, kind: 'Kafka', plural: 'kafkas' },
  { apiVersion: STRIMZI, kind: 'KafkaNodePool', plural: 'kafkanodepools' },
  { apiVersion: STRIMZI, kind: 'KafkaTopic', plural: 'kafkatopics' },
  { apiVersion: STRIMZI, kind: 'KafkaUser', plural: 'kafkausers' },
]

const lane = inject('lane') as LaneAddress
const stops: (() => unknown)[] = []
let api: KubeApi
let clone: TenantsClone
let watch: ClusterWatch
let commit = ''

beforeAll(async () => {
  api = new KubeApi(lane.kubeconfig)
  clone = await TenantsClone.open(lane, api)
  watch = watchCluster({
    kubeconfig: await readFile(lane.kubeconfig, 'utf8'),
    kinds: KINDS,
    labelSelector: `kaas.dev/tenant=${TENANT}`,
    changed: () => {},
    now: () => new Date(),
  })
  await watch.ready(20_000)
})

afterAll(async () => {
  for (const stop of stops) await stop()
  await watch?.close()
  api?.close()
})

test('an ordered tenant is shown step by step, and the words of the API server reach the step that it refused', async () => {
  expect(currentStep(steps())).toMatchObject({ step: 'source', state: 'waiting', reason: 'NotCreated' })
  await api.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE, labels: { ...labels(), 'pod-security.kubernetes.io/enforce': 'restricted' } },
  })
  await api.apply(object(GIT_REPOSITORY, 'kaas', { url: lane.repository.url, interval: '10m', ref: { branch: 'main' } }))
  await api.apply(kustomization(`${TENANT}-kafka`, 'kafka'))
  await api.apply(kustomization(`${TENANT}-access`, 'access', [`${TENANT}-kafka`]))
  await push({ kafka: [kafka(), pool()], access: [topic(0), user()] })
  await untilStep('source', { state: 'done', reason: 'Fetched' })
  await untilStep('namespace', { state: 'done' })
  await untilStep('kafka-applied', { state: 'done', reason: 'ReconciliationSucceeded' })
  expect(step('kafka')).toMatchObject({ state: 'running', reason: 'NotObserved' })
  const refused = await untilStep('access-applied', { state: 'failed' })
  expect(refused.message).toMatch(/KafkaTopic.*spec\.partitions.*greater than or equal to 1/s)
  expect(currentStep(steps())).toMatchObject({ step: 'access-applied' })
})

test('a corrected commit goes through, and without an operator nothing of Kafka is called ready', async () => {
  await push({ kafka: [kafka(), pool()], access: [topic(3), user()] })
  await untilStep('access-applied', { state: 'done' })
  expect(step('kafka')).toMatchObject({ state: 'running', reason: 'NotObserved' })
  expect(step('topics-and-users')).toMatchObject({ state: 'running' })
})

test("with what Strimzi's operator writes (an actor here) the tenant is ready, with endpoint, authority and log-in", async () => {
  stops.push(playStrimzi(api, join(temporaryDirectory('actors'), 'strimzi')))
  await waitFor(() => currentStep(steps()) === undefined, { what: 'the tenant to be ready' })
  const seen = watch.objectsOf(TENANT).find(({ kind }) => kind === 'Kafka')
  const endpoint = seen && endpointOf(seen, 'tls')
  if (seen === undefined || endpoint === undefined) throw new Error('A ready Kafka has an endpoint.')
  expect(endpoint.bootstrap).toMatch(/:\d+$/)
  expect(await readAuthority(watch, seen, endpoint)).toContain('BEGIN CERTIFICATE')
  expect(await readUserCredentials(watch, NAMESPACE, `${TENANT}.app`)).toMatchObject({
    kind: 'tls',
    username: `${TENANT}.app`,
    certificatePem: expect.stringContaining('BEGIN CERTIFICATE'),
  })
})

test('what a person suspended is told, since Flux says nothing of it', async () => {
  const target = await api.get(KUSTOMIZATION, `${TENANT}-kafka`, NAMESPACE)
  if (target === undefined) throw new Error('The Kustomization went.')
  await api.patch(target, { spec: { suspend: true } })
  await untilStep('kafka-applied', { state: 'failed', reason: 'Suspended' })
  await api.patch(target, { spec: { suspend: false } })
  await untilStep('kafka-applied', { state: 'done' })
})

test('a deletion in the wrong order, the operator first, is told before it holds the namespace for ever', async () => {
  for (const name of [`${TENANT}-access`, `${TENANT}-kafka`])
    await api.apply(object(KUSTOMIZATION, name, { ...spec('kafka'), prune: false }))
  for (const name of [`${TENANT}-access`, `${TENANT}-kafka`]) await api.remove(KUSTOMIZATION, name, NAMESPACE)
  expect(currentStep(deletion())).toMatchObject({ step: 'topics-and-users-gone', state: 'waiting', reason: 'NotAsked' })
  for (const stop of stops.splice(0)) await stop()
  await api.remove({ apiVersion: STRIMZI, kind: 'Kafka' }, TENANT, NAMESPACE)
  await api.remove({ apiVersion: STRIMZI, kind: 'KafkaTopic' }, 'orders', NAMESPACE)
  await waitFor(() => deletion()[0]?.reason === 'OperatorGone', { what: 'the warning' })
  const stuck = await api.get({ apiVersion: STRIMZI, kind: 'KafkaTopic' }, 'orders', NAMESPACE)
  if (stuck !== undefined) await api.patch(stuck, { metadata: { finalizers: [] } })
  for (const kind of KINDS.slice(4)) {
    for (const { name } of watch.objectsOf(TENANT).filter((each) => each.kind === kind.kind)) {
      await watch.remove({ ...kind, name, namespace: NAMESPACE })
    }
  }
  await api.giveUpNamespace(TENANT)
  await waitFor(() => currentStep(deletion()) === undefined, { what: 'the end of the tenant' })
})

function steps(): readonly Step[] {
  const hasCommit = (other: string) => other === commit
  return tenantSteps({ tenant: TENANT, isolation: 'namespace', hasCommit, management: viewOf(watch, TENANT) })
}

function deletion(): readonly Step[] {
  return progressOfDeletion({ tenant: TENANT, isolation: 'namespace', management: viewOf(watch, TENANT) })
}

function step(name: string): Step | undefined {
  return steps().find((each) => each.step === name)
}

async function untilStep(name: string, wanted: Partial<Step>): Promise<Step> {
  try {
    return await waitFor(
      () => {
        const found = step(name)
        const fits = Object.entries(wanted).every(([field, value]) => found?.[field as keyof Step] === value)
        return fits ? found : undefined
      },
      { what: `step ${name}` },
    )
  } catch (error) {
    throw new Error(`Step ${name} is last: ${JSON.stringify(step(name))}`, { cause: error })
  }
}

async function push(
  folders: Readonly<Record<string, readonly { readonly metadata: { readonly name: string }; readonly kind: string }[]>>,
) {
  for (const [folder, objects] of Object.entries(folders)) {
    for (const each of objects)
      await clone.write(`tenants/${TENANT}/${folder}/${each.kind.toLowerCase()}.yaml`, stringify(each))
  }
  commit = await clone.push(`Order ${TENANT}`)
  const annotations = { 'reconcile.fluxcd.io/requestedAt': new Date().toISOString() }
  await api.patch({ ...GIT_REPOSITORY, metadata: { name: 'kaas', namespace: NAMESPACE } }, { metadata: { annotations } })
}

function object(kind: { readonly apiVersion: string; readonly kind: string }, name: string, fields: object) {
  const metadata = { name, namespace: NAMESPACE, labels: { ...labels(), 'strimzi.io/cluster': TENANT } }
  return { apiVersion: kind.apiVersion, kind: kind.kind, metadata, spec: fields }
}

function labels() {
  return { 'app.kubernetes.io/managed-by': 'kaas', 'kaas.dev/tenant': TENANT }
}

function kustomization(name: string, folder: string, dependsOn: readonly string[] = []) {
  return object(KUSTOMIZATION, name, { ...spec(folder), dependsOn: dependsOn.map((each) => ({ name: each })) })
}

function spec(folder: string) {
  const sourceRef = { kind: 'GitRepository', name: 'kaas' }
  return { path: `./tenants/${TENANT}/${folder}`, sourceRef, prune: true, interval: '10m', retryInterval: '2s' }
}

function kafka() {
  const listener = { name: 'external', port: 9094, type: 'loadbalancer', tls: true, authentication: { type: 'tls' } }
  const bootstrap = { alternativeNames: [`bootstrap-tls.${TENANT}.kafka.example`] }
  return object({ apiVersion: STRIMZI, kind: 'Kafka' }, TENANT, {
    kafka: { listeners: [{ ...listener, configuration: { bootstrap } }] },
  })
}

function pool() {
  const volumes = [{ id: 0, type: 'persistent-claim', size: '10Gi', deleteClaim: false }]
  const fields = { replicas: 3, roles: ['broker', 'controller'], storage: { type: 'jbod', volumes } }
  return object({ apiVersion: STRIMZI, kind: 'KafkaNodePool' }, 'nodes', fields)
}

function topic(partitions: number) {
  return object({ apiVersion: STRIMZI, kind: 'KafkaTopic' }, 'orders', { partitions, replicas: 3 })
}

function user() {
  return object({ apiVersion: STRIMZI, kind: 'KafkaUser' }, `${TENANT}.app`, { authentication: { type: 'tls' } })
}
