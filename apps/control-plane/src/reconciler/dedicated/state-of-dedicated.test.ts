// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import type { ObservedObject } from '@kaas/kube'
import { dedicatedPlanFor, parsePlatformProfile } from '@kaas/planner'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { PLATFORM } from '../../../test/code/git-installation.ts'
import { object, observing, ready, seen, storedTenant, viewOf } from '../../../test/code/pieces.ts'
import { documentOf } from '../../code/tenant-documents.ts'
import { conditionsFrom } from '../conditions.ts'
import { actionForDedicated } from './action-for-dedicated.ts'
import type { DedicatedObservation } from './observe-dedicated.ts'
import { reportOfDedicated } from './report-of-dedicated.ts'
import { stateOfDedicated } from './state-of-dedicated.ts'

const COMMIT = 'c'.repeat(40)
const EPOCH = new Date(0).toISOString()
const written = storedTenant({}, observing({ writtenUpTo: EPOCH, commit: COMMIT }))
const plan = dedicatedPlanFor(documentOf(storedTenant()), parsePlatformProfile(parse(PLATFORM)))
if (plan.kind !== 'fits') throw new Error('The plan of the test does not fit.')

type Rendered = Extract<DedicatedObservation, { kind: 'rendered' }>

function rendered(objects: readonly ObservedObject[], parts: Partial<Rendered> = {}): Rendered {
  const tenant = parts.tenant ?? written
  return {
    kind: 'rendered',
    tenant,
    intent: { tenant, team: undefined, children: [], known: new Set(), upTo: new Date(0) },
    unstored: [],
    plan: plan as Rendered['plan'],
    difference: { files: new Map(), commit: COMMIT },
    current: new Set([COMMIT]),
    view: viewOf(seen(objects)),
    ...parts,
  }
}

const applied = { ...ready('True'), status: { lastAppliedRevision: `main@sha1:${COMMIT}`, observedGeneration: 1 } }
const kafka = object('Kafka', 'shop', {
  ...ready('True'),
  apiVersion: 'kafka.strimzi.io/v1',
  spec: { kafka: { listeners: [{ name: 'external', type: 'tlsroute', authentication: { type: 'tls' } }] } },
  status: {
    observedGeneration: 1,
    kafkaVersion: '4.3.1',
    listeners: [{ name: 'external', bootstrapServers: 'bootstrap-tls.shop.kafka.example.org:443' }],
  },
})
const FLUX = 'kustomize.toolkit.fluxcd.io/v1'
const ALL = [
  object('GitRepository', 'kaas', {
    ...ready('True'),
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    status: { artifact: { revision: `main@sha1:${COMMIT}` }, observedGeneration: 1 },
  }),
  object('Namespace', 'kaas-shop', { status: { phase: 'Active' } }),
  object('Kustomization', 'shop-kafka', { ...applied, apiVersion: FLUX }),
  kafka,
  object('Kustomization', 'shop-access', { ...applied, apiVersion: FLUX }),
]
const differing = { files: new Map([['tenants/shop/tenant.yaml', 'x']]), commit: COMMIT }
const refusal = new KaasError('not-supported', { message: 'No such version.', help: 'Name another.' })

test.each<[string, DedicatedObservation, string, string | undefined, string]>([
  ['has no repository', { kind: 'unconfigured', tenant: storedTenant() }, 'NotConfigured', undefined, 'False'],
  ['cannot be rendered', { kind: 'refused', tenant: written, error: refusal }, 'Refused', undefined, 'False'],
  ['is new', rendered([], { tenant: storedTenant(), difference: differing }), 'FilesDiffer', 'writeFiles', 'False'],
  ['differs in Git', rendered(ALL, { difference: differing }), 'FilesDiffer', 'writeFiles', 'False'],
  [
    'is put into an empty database before its topics: they must not go from Git meanwhile',
    rendered(ALL, { difference: differing, unstored: ['Topic/orders'] }),
    'TakingOver',
    undefined,
    'False',
  ],
  ['is written and has told nobody', rendered([], { tenant: storedTenant() }), 'Unannounced', 'announceFiles', 'False'],
  ['waits for Flux', rendered([]), 'Provisioning', undefined, 'False'],
  [
    'has a Kafka without status',
    rendered([...ALL.slice(0, 3), object('Kafka', 'shop', { apiVersion: 'kafka.strimzi.io/v1' })]),
    'Provisioning',
    undefined,
    'False',
  ],
  ['is applied from an older commit', rendered(ALL, { current: new Set() }), 'Provisioning', undefined, 'False'],
  [
    'is not heard of',
    rendered(ALL, { view: viewOf(seen(ALL, { lostSince: new Date(0) })) }),
    'Provisioning',
    undefined,
    'Unknown',
  ],
  ['has no Kubernetes configured', rendered([], { view: { kind: 'unwatched' } }), 'Provisioning', undefined, 'Unknown'],
  ['runs as ordered', rendered(ALL), 'Ready', undefined, 'True'],
])('a tenant with Kafka of its own that %s', (_, observation, kind, action, status) => {
  const state = stateOfDedicated(observation)
  expect(state.kind).toBe(kind)
  expect(actionForDedicated(state)?.kind).toBe(action)
  const { verdict } = reportOfDedicated(observation, state)
  const conditions = conditionsFrom(verdict, [], new Date(0))
  expect(conditions.map(({ type }) => type)).toEqual(['Accepted', 'Planned', 'Provisioned', 'Ready'])
  expect(verdict.Ready.status).toBe(status)
  expect(verdict.Ready.message).not.toBe('')
})

test('its status shows commit, brokers, version, address and every step, as they are seen and not as they were ordered', () => {
  const observation = rendered(ALL)
  const { observed } = reportOfDedicated(observation, stateOfDedicated(observation))
  expect(observed).toMatchObject({
    commit: COMMIT,
    brokers: 3,
    kafkaVersion: '4.3.1',
    bootstrap: 'bootstrap-tls.shop.kafka.example.org:443',
    file: 'tenants/shop/tenant.yaml',
  })
  expect((observed.steps as { readonly name: string }[]).map(({ name }) => name).slice(0, 3)).toEqual([
    'git',
    'source',
    'namespace',
  ])
})

test('files that differ although nothing new was ordered are drift, and those of a new order are not', () => {
  expect(stateOfDedicated(rendered([], { difference: differing }))).toMatchObject({ drift: true })
  const tenant = storedTenant({}, { ...observing({ writtenUpTo: EPOCH }), updatedAt: new Date(5) })
  const intent = { tenant, team: undefined, children: [], known: new Set<string>(), upTo: new Date(5) }
  expect(stateOfDedicated(rendered([], { tenant, intent, difference: differing }))).toMatchObject({ drift: false })
})

test('a step that failed is shown before one that waits, with the words of its controller', () => {
  const failed = { ...ready('False', 'Pool has no nodes.'), reason: 'NotReady' }
  const broken = { ...kafka, ...failed, apiVersion: 'kafka.strimzi.io/v1' }
  const observation = rendered([...ALL.slice(0, 3), broken])
  const { Ready } = reportOfDedicated(observation, stateOfDedicated(observation)).verdict
  expect(Ready).toMatchObject({ step: 'kafka', message: expect.stringContaining('Pool has no nodes.') })
})
