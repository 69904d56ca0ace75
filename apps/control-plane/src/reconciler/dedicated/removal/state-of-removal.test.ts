// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import type { ObservedObject } from '@kaas/kube'
import { describe, expect, test } from 'vitest'
import { object, observing, seen, storedTenant, viewOf } from '../../../../test/code/pieces.ts'
import type { RemovalObservation } from './observe-removal.ts'
import { actionForRemoval, withoutKustomization } from './removal-reconciler.ts'
import { stateOfRemoval } from './state-of-removal.ts'

const GONE_AFTER_MS = 300_000
const WRITTEN = { commit: 'a'.repeat(40) }
const ACCESS = 'tenants/shop/access/kafkatopic-a.yaml'
const KAFKA = 'tenants/shop/kafka/kafka-shop.yaml'
const REST = ['flux/tenants/shop.yaml', 'namespaces/shop.yaml', 'tenants/shop/tenant.yaml']
const kept = { annotations: { 'strimzi.io/managed': 'false' } }
const accessOf = object('Kustomization', 'shop-access')
const kafkaOf = object('Kustomization', 'shop-kafka')
const going = { deletingSince: '2026-01-01T00:00:00Z' }

type Looked = Extract<RemovalObservation, { kind: 'looked' }>

function looked(objects: readonly ObservedObject[], parts: Partial<Looked> = {}, observed: object = {}): Looked {
  return {
    kind: 'looked',
    tenant: storedTenant({}, observing({ ...WRITTEN, ...observed })),
    children: 0,
    paths: [],
    kustomizations: new Set(),
    view: viewOf(seen(objects)),
    ownLostMs: undefined,
    goneAfterMs: GONE_AFTER_MS,
    ...parts,
  }
}

describe('the removal of a tenant with Kafka of its own', () => {
  test.each<[string, RemovalObservation, string, boolean]>([
    [
      'lets topics go first, so that their records stay',
      looked([object('KafkaTopic', 'a'), accessOf], { paths: [ACCESS] }),
      'TopicsHeld',
      true,
    ],
    [
      'then takes access from Git',
      looked([object('KafkaTopic', 'a', kept), accessOf], { paths: [ACCESS, KAFKA, ...REST] }),
      'AccessInGit',
      true,
    ],
    [
      'takes the Kustomization from Git although somebody removed the folder by hand',
      looked([accessOf], { paths: REST, kustomizations: new Set(['shop-access']) }),
      'AccessInGit',
      true,
    ],
    ['waits for Flux to end it', looked([accessOf], { paths: [KAFKA, ...REST] }), 'Waiting', false],
    ['removes users by name', looked([object('KafkaUser', 'shop.app')], { paths: [KAFKA, ...REST] }), 'ObjectsKept', true],
    [
      'waits for the last user',
      looked([object('KafkaUser', 'shop.app', going)], { paths: [KAFKA, ...REST] }),
      'Waiting',
      false,
    ],
    ['tells topics and users that they may go', looked([], { paths: [KAFKA, ...REST], children: 2 }), 'AccessGone', true],
    [
      'then takes Kafka from Git, with its users gone',
      looked([kafkaOf, object('Kafka', 'shop')], { paths: [KAFKA, ...REST], children: 2 }, { accessGone: true }),
      'KafkaInGit',
      true,
    ],
    ['waits for Flux to let go of Kafka', looked([kafkaOf, object('Kafka', 'shop')], { paths: REST }), 'Waiting', false],
    ['stops Kafka, which Flux never does', looked([object('Kafka', 'shop')], { paths: REST }), 'ObjectsKept', true],
    ['waits until Kafka has stopped', looked([object('Kafka', 'shop', going)], { paths: REST }), 'Waiting', false],
    ['then takes release and cluster from Git', looked([], { paths: REST }), 'ClusterInGit', true],
    [
      'waits for Flux to let go of the release',
      looked([object('Kustomization', 'shop-platform'), object('HelmRelease', 'shop-platform')], { paths: REST.slice(1) }),
      'Waiting',
      false,
    ],
    [
      'ends the release, which Flux leaves behind, while its cluster is still there',
      looked([object('HelmRelease', 'shop-platform'), object('Cluster', 'shop')], { paths: REST.slice(1) }),
      'ObjectsKept',
      true,
    ],
    [
      'waits until Helm has taken the release out of the cluster',
      looked([object('HelmRelease', 'shop-platform', going), object('Cluster', 'shop')], { paths: REST.slice(1) }),
      'Waiting',
      false,
    ],
    ['ends the cluster', looked([object('Cluster', 'shop')], { paths: REST.slice(1) }), 'ObjectsKept', true],
    ['then takes the rest from Git', looked([], { paths: REST.slice(1) }), 'RestInGit', true],
    ['waits for topics and users', looked([], { children: 1 }, { accessGone: true }), 'ChildrenLeft', false],
    ['ends with the namespace and its volumes kept', looked([object('Namespace', 'kaas-shop')]), 'Gone', true],
  ])('%s', (_, observation, kind, acts) => {
    const state = stateOfRemoval(observation)
    expect(state.kind).toBe(kind)
    expect(state.reason).toMatch(/^[A-Z0-9].*\.$/)
    expect(actionForRemoval(state) !== undefined).toBe(acts)
  })

  test.each<[string, RemovalObservation, string]>([
    ['nothing was ever written', { kind: 'unconfigured', tenant: storedTenant(), children: 0 }, 'Gone'],
    [
      'its repository is no longer configured',
      { kind: 'unconfigured', tenant: storedTenant({}, observing(WRITTEN)), children: 0 },
      'Unwatched',
    ],
    ['no Kubernetes is configured', looked([], { paths: REST, view: { kind: 'unwatched' } }), 'Unwatched'],
    [
      'the management cluster is away',
      looked([], { paths: REST, view: viewOf(seen([], { lostSince: new Date(0) })) }),
      'Unreachable',
    ],
    ['its own cluster is away for a moment', looked([], { paths: REST, ownLostMs: 1000 }), 'Unreachable'],
  ])('says what it waits for when %s', (_, observation, kind) => {
    expect(stateOfRemoval(observation).kind).toBe(kind)
  })

  test.each<[string, RemovalObservation, string]>([
    ['Flux is told not to wait', looked([kafkaOf], { paths: REST, ownLostMs: GONE_AFTER_MS }), 'FluxWaitsInVain'],
    [
      'all goes from Git at once',
      looked([object('Kustomization', 'shop-kafka', { spec: { suspend: true } })], {
        paths: REST,
        ownLostMs: Number.POSITIVE_INFINITY,
      }),
      'ClusterInGit',
    ],
    ['what was inside does not hold it up', looked([], { ownLostMs: GONE_AFTER_MS }), 'Gone'],
  ])('goes on when its own cluster is gone for good: %s', (_, observation, kind) => {
    expect(stateOfRemoval(observation).kind).toBe(kind)
  })
})

test('a removal that has no way into a living cluster says what is missing and how to give the cluster up', () => {
  const error = new KaasError('kubernetes-unavailable', { message: 'There is no Secret shop-kubeconfig.', help: 'Wait.' })
  const view = viewOf(seen([object('Cluster', 'shop')]), { kind: 'unseen', error })
  const { kind, reason } = stateOfRemoval(looked([], { paths: REST, ownLostMs: 0, view }))
  expect(kind).toBe('Unreachable')
  expect(reason).toMatch(/no Secret shop-kubeconfig\. Wait\. .*kubectl delete cluster shop --namespace kaas-shop\.$/)
  expect(reason).not.toContain('counts as gone')
})

test('a Kustomization is taken out of the file of Flux, and the others stay', () => {
  const file =
    '# Rendered\nkind: Kustomization\nmetadata:\n  name: shop-kafka\n---\nkind: Kustomization\nmetadata:\n  name: shop-access\n'
  const rest = withoutKustomization(file, 'shop-access')
  expect(rest).toBe('# Rendered\nkind: Kustomization\nmetadata:\n  name: shop-kafka\n')
  expect(withoutKustomization(rest ?? '', 'shop-kafka')).toBeUndefined()
})
