// SPDX-License-Identifier: Apache-2.0
/** The admission policies of `charts/cluster`, installed by Flux and asked by real requests: each lets something pass and refuses something. */
import { waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Applied, KubeApi } from './lane/kube-api.ts'
import type { LaneAddress } from './lane/lane.ts'
import { layOut } from './lane/lay-out.ts'

const PRODUCTION = 'kaas-vault'
const DEVELOPMENT = 'kaas-sand'
const RESTRICTED = { 'pod-security.kubernetes.io/enforce': 'restricted' }

let api: KubeApi
const lane = inject('lane') as LaneAddress

beforeAll(async () => {
  api = new KubeApi(lane.kubeconfig)
  await layOut(lane, api)
  await api.apply(namespace(PRODUCTION, { 'kaas.dev/tenant': 'vault', 'kaas.dev/environment': 'production' }))
  await api.apply(namespace(DEVELOPMENT, { 'kaas.dev/tenant': 'sand', 'kaas.dev/environment': 'development' }))
  await untilInForce()
})

afterAll(() => api?.close())

/** What it is about, what passes, what is refused, and the words a person reads then. */
const RULES: readonly (readonly [string, Applied, Applied, RegExp])[] = [
  [
    'a disk of Kafka outlives its pool',
    pool([{ id: 0, type: 'persistent-claim', size: '10Gi', deleteClaim: false }]),
    pool([{ id: 0, type: 'persistent-claim', size: '10Gi', deleteClaim: true }]),
    /set deleteClaim to false/,
  ],
  [
    'Kafka never keeps data in memory only',
    pool([{ id: 0, type: 'persistent-claim', size: '10Gi' }]),
    pool([{ id: 0, type: 'ephemeral' }]),
    /storage of type ephemeral is refused/,
  ],
  ['topics in production are replicated', topic(PRODUCTION, 3), topic(PRODUCTION, 1), /at least two replicas/],
  [
    'a group is bound and never a person [R62]',
    binding('Group', 'web'),
    binding('User', 'ann'),
    /Bind a group, not a person/,
  ],
  [
    'pods have no privilege [R84]',
    pod({}),
    pod({ allowPrivilegeEscalation: true }),
    /set allowPrivilegeEscalation to false|violates PodSecurity/,
  ],
  ['images come from known registries', pod({}), pod({}, 'elsewhere.example.org/kafka:1'), /from no registry/],
  ['images have a version', pod({}), pod({}, 'quay.io/strimzi/kafka:latest'), /must not be latest/],
  [
    'namespaces of tenants enforce Pod Security restricted [R61]',
    namespace('kaas-third', {}),
    { ...namespace('kaas-fourth', {}), metadata: { name: 'kaas-fourth' } },
    /enforce Pod Security restricted/,
  ],
  [
    'the label that guards a namespace stays',
    namespace(DEVELOPMENT, { 'kaas.dev/tenant': 'sand' }),
    namespace(DEVELOPMENT, { 'kaas.dev/tenant': 'other' }),
    /cannot be taken off or changed/,
  ],
]

test.each(RULES)('%s', async (_, good, bad, words) => {
  expect(await verdictOn(good)).toBe('taken')
  expect(await verdictOn(bad)).toMatch(words)
})

test('a topic for development may live on one broker', async () => {
  expect(await verdictOn(topic(DEVELOPMENT, 1))).toBe('taken')
})

test('the namespace of a tenant is deleted only after its data were given up by name', async () => {
  await expect(api.remove({ apiVersion: 'v1', kind: 'Namespace' }, DEVELOPMENT)).rejects.toThrow(
    /holds the data of a tenant/,
  )
  const kept = await api.get({ apiVersion: 'v1', kind: 'Namespace' }, DEVELOPMENT)
  expect(kept?.metadata.deletionTimestamp).toBeUndefined()
  for (const name of ['vault', 'sand']) {
    await api.patch(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: `kaas-${name}` } },
      { metadata: { annotations: { 'kaas.dev/purge': name } } },
    )
    await api.remove({ apiVersion: 'v1', kind: 'Namespace' }, `kaas-${name}`)
  }
})

/** Policies come into force a moment after they are stored. */
function untilInForce(): Promise<unknown> {
  const refused = RULES.map(([, , bad]) => bad)
  return waitFor(async () => (await Promise.all(refused.map(verdictOn))).every((verdict) => verdict !== 'taken'), {
    what: 'the policies to be in force',
    timeoutMs: 30_000,
    pollMs: 200,
  })
}

async function verdictOn(object: Applied): Promise<string> {
  try {
    await api.apply(object, { dryRun: true })
    return 'taken'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function namespace(name: string, labels: Readonly<Record<string, string>>): Applied {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...RESTRICTED, ...labels } } }
}

function pool(volumes: readonly object[]): Applied {
  const spec = { replicas: 3, roles: ['broker'], storage: { type: 'jbod', volumes } }
  return {
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaNodePool',
    metadata: { name: 'brokers', namespace: PRODUCTION },
    spec,
  }
}

function topic(place: string, replicas: number): Applied {
  const metadata = { name: 'orders', namespace: place }
  return { apiVersion: 'kafka.strimzi.io/v1', kind: 'KafkaTopic', metadata, spec: { partitions: 1, replicas } }
}

function binding(kind: string, name: string): Applied {
  const apiGroup = 'rbac.authorization.k8s.io'
  return {
    apiVersion: `${apiGroup}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'view', namespace: PRODUCTION },
    roleRef: { apiGroup, kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup, kind, name }],
  }
}

function pod(more: object, image = 'quay.io/strimzi/kafka:1.2.0-kafka-4.3.1'): Applied {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...more }
  const spec = {
    securityContext: { runAsNonRoot: true, runAsUser: 1001, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ name: 'kafka', image, securityContext }],
  }
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'kafka', namespace: PRODUCTION }, spec }
}
