// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { condition, seen, viewWith } from '../../test/seen-objects.ts'
import type { ObservedObject } from '../cluster-watch.ts'
import { currentStep } from './step.ts'
import { tenantSteps } from './tenant-steps.ts'

const COMMIT = 'c'.repeat(40)
const hasCommit = (commit: string) => commit === COMMIT
const REVISION = `main@sha1:${COMMIT}`
const READY = { observedGeneration: 1, conditions: [condition('Ready', 'True', 'Succeeded', 'ok', 1)] }
const APPLIED = { ...READY, lastAppliedRevision: REVISION }

const SOURCE = seen('GitRepository', 'kaas', { status: { ...READY, artifact: { revision: REVISION } } })
const NAMESPACE = seen('Namespace', 'kaas-shop', { status: { phase: 'Active' } })
const KAFKA_APPLIED = seen('Kustomization', 'shop-kafka', { status: APPLIED })
const ACCESS_APPLIED = seen('Kustomization', 'shop-access', { status: APPLIED })
const KAFKA = seen('Kafka', 'shop', { status: READY })
const TOPIC = seen('KafkaTopic', 'orders', { status: READY })
const RELEASE = seen('HelmRelease', 'shop-platform', { status: READY })

test('a soft tenant goes from the commit to its topics in this order, and the first open step is the one to show', () => {
  const order = [SOURCE, NAMESPACE, KAFKA_APPLIED, KAFKA, ACCESS_APPLIED, TOPIC]
  const shown = order.map((_, count) => currentStep(stepsWith(...order.slice(0, count)))?.step)
  expect(shown).toEqual(['source', 'namespace', 'kafka-applied', 'kafka', 'access-applied', undefined])
  expect(stepsWith(...order).map(({ state }) => state)).toEqual(Array(6).fill('done'))
})

test('a topic that came with the Kustomization and is not ready yet keeps the tenant from being ready', () => {
  const steps = stepsWith(SOURCE, NAMESPACE, KAFKA_APPLIED, KAFKA, ACCESS_APPLIED, seen('KafkaTopic', 'orders'))
  expect(currentStep(steps)).toMatchObject({ step: 'topics-and-users', state: 'running' })
})

test('a hard tenant has the steps of its cluster, and its Kafka is looked for there', () => {
  const cluster = clusterWith([
    condition('InfrastructureReady', 'True', 'Ready'),
    condition('ControlPlaneInitialized', 'True', 'Initialized'),
    condition('ControlPlaneAvailable', 'True', 'Available'),
    condition('WorkersAvailable', 'True', 'Available'),
    condition('RemoteConnectionProbe', 'True', 'ProbeSucceeded'),
  ])
  const management = viewWith(SOURCE, NAMESPACE, cluster, RELEASE, KAFKA_APPLIED, ACCESS_APPLIED)
  const view = { tenant: 'shop', isolation: 'cluster', hasCommit, management } as const
  const unreachable = tenantSteps(view)
  expect(unreachable.map(({ step }) => step)).toEqual([
    'source',
    'namespace',
    'infrastructure',
    'control-plane',
    'workers',
    'kubeconfig',
    'platform',
    'kafka-applied',
    'kafka',
    'access-applied',
    'topics-and-users',
  ])
  expect(currentStep(unreachable)).toMatchObject({ step: 'kafka', state: 'waiting', reason: 'ClusterNotReachable' })
  expect(currentStep(tenantSteps({ ...view, own: viewWith(KAFKA, TOPIC) }))).toBeUndefined()
})

test.each([
  ['no status', [], 'infrastructure', 'running', 'NotObserved'],
  [
    'infrastructure on its way',
    [condition('InfrastructureReady', 'False', 'NotReady', '* VpcReady: creating')],
    'infrastructure',
    'running',
    'NotReady',
  ],
  [
    'a topology that cannot be made',
    [condition('TopologyReconciled', 'False', 'ReconcileFailed', 'error computing the desired state: patch "zone" failed')],
    'infrastructure',
    'failed',
    'ReconcileFailed',
  ],
  [
    'a control plane on its way',
    [condition('InfrastructureReady', 'True', 'Ready'), condition('ControlPlaneInitialized', 'False', 'NotInitialized')],
    'control-plane',
    'running',
    'NotInitialized',
  ],
  [
    'no workers yet, which Cluster API calls available',
    [
      condition('InfrastructureReady', 'True', 'Ready'),
      condition('ControlPlaneInitialized', 'True', 'Initialized'),
      condition('ControlPlaneAvailable', 'True', 'Available'),
      condition('WorkersAvailable', 'True', 'NoWorkers'),
    ],
    'workers',
    'running',
    'NoWorkers',
  ],
  [
    'a pause by a person',
    [condition('Paused', 'True', 'Paused', 'Cluster spec.paused is set to true')],
    'infrastructure',
    'failed',
    'Paused',
  ],
])('a Cluster with %s', (_, conditions, step, state, reason) => {
  const management = viewWith(SOURCE, NAMESPACE, clusterWith(conditions))
  const steps = tenantSteps({ tenant: 'shop', isolation: 'cluster', hasCommit, management })
  expect(currentStep(steps)).toMatchObject({ step, state, reason })
})

test('a release of a hard tenant that cannot be applied shows why', () => {
  const words = 'HelmRelease/kaas-shop/shop-platform dry-run failed (Forbidden): not allowed'
  const status = { conditions: [condition('Ready', 'False', 'ReconciliationFailed', words, 1)] }
  const management = viewWith(SOURCE, seen('Kustomization', 'shop-platform', { status }))
  const steps = tenantSteps({ tenant: 'shop', isolation: 'cluster', hasCommit, management })
  expect(currentStep(steps)).toMatchObject({ step: 'platform', state: 'failed', message: expect.stringContaining(words) })
})

test('a Kafka that cannot become ready is shown with its own words, not as a health check of Flux', () => {
  const check = [condition('Ready', 'False', 'HealthCheckFailed', 'failed early due to stalled resources', 1)]
  const notReady = [
    condition('NotReady', 'True', 'InvalidResourceException', 'The replication factor is larger than the brokers.'),
  ]
  const steps = stepsWith(
    SOURCE,
    NAMESPACE,
    seen('Kustomization', 'shop-kafka', { status: { conditions: check } }),
    seen('Kafka', 'shop', { status: { observedGeneration: 1, conditions: notReady } }),
  )
  expect(currentStep(steps)).toMatchObject({ step: 'kafka', state: 'failed', reason: 'InvalidResourceException' })
})

test('a resized Cluster stays reachable: its probe keeps the generation at which it was made', () => {
  const status = { conditions: [condition('RemoteConnectionProbe', 'True', 'ProbeSucceeded', '', 1)] }
  const management = viewWith(seen('Cluster', 'shop', { generation: 7, status }))
  const steps = tenantSteps({ tenant: 'shop', isolation: 'cluster', hasCommit, management })
  expect(steps.find(({ step }) => step === 'kubeconfig')).toMatchObject({ state: 'done', reason: 'ProbeSucceeded' })
})

test('a namespace that does not come shows why the platform cannot make it', () => {
  const words = 'Namespace/kaas-shop dry-run failed (Forbidden): quota exceeded'
  const status = { conditions: [condition('Ready', 'False', 'ReconciliationFailed', words, 1)] }
  const steps = stepsWith(SOURCE, seen('Kustomization', 'kaas-namespaces', { status }))
  expect(currentStep(steps)).toMatchObject({ step: 'namespace', state: 'failed', message: expect.stringContaining(words) })
})

function stepsWith(...objects: readonly ObservedObject[]) {
  return tenantSteps({ tenant: 'shop', isolation: 'namespace', hasCommit, management: viewWith(...objects) })
}

function clusterWith(conditions: readonly object[]): ObservedObject {
  return seen('Cluster', 'shop', { status: { phase: 'Provisioning', conditions } })
}
