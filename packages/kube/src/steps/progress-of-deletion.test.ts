// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { seen, viewWith } from '../../test/seen-objects.ts'
import type { ObservedObject } from '../cluster-watch.ts'
import { progressOfDeletion } from './progress-of-deletion.ts'
import { currentStep } from './step.ts'

const GOING = { deletionTimestamp: '2026-11-21T07:05:00Z' }
const NAMESPACE = seen('Namespace', 'kaas-shop', { metadata: GOING })

test('deletion goes from topics over Kafka to the namespace, and says what is left', () => {
  const all = [seen('KafkaTopic', 'a'), seen('KafkaUser', 'shop.app'), seen('Kafka', 'shop'), NAMESPACE]
  const shown = [0, 1, 2, 3, 4].map((gone) => currentStep(progress(...all.slice(gone))))
  expect(shown.map((step) => step?.step)).toEqual([
    'topics-and-users-gone',
    'topics-and-users-gone',
    'kafka-gone',
    'namespace-gone',
    undefined,
  ])
  expect(shown[0]).toMatchObject({ state: 'waiting', message: '2 are left, the first is KafkaTopic a.' })
  expect(shown[3]).toMatchObject({ state: 'running', reason: 'Deleting' })
})

test('topics whose operator went first are named, since they would hold the namespace for ever', () => {
  const stuck = seen('KafkaTopic', 'a', { metadata: { ...GOING, finalizers: ['strimzi.io/topic-operator'] } })
  expect(currentStep(progress(stuck, NAMESPACE))).toMatchObject({
    step: 'topics-and-users-gone',
    state: 'failed',
    reason: 'OperatorGone',
    message: expect.stringContaining('strimzi.io/topic-operator'),
  })
})

test('what cannot be watched is never taken for gone', () => {
  const { objects, kinds } = viewWith()
  const lost = { objects, kinds: kinds.map((kind) => ({ ...kind, state: 'behind' as const })) }
  const steps = progressOfDeletion({ tenant: 'shop', isolation: 'namespace', management: lost })
  expect(steps.map(({ state, reason }) => [state, reason])).toEqual(Array(3).fill(['waiting', 'NotSeen']))
})

test('a hard tenant whose cluster is gone is deleted all the same; one whose cluster is only away is not', () => {
  const view = { tenant: 'shop', isolation: 'cluster' } as const
  const away = progressOfDeletion({ ...view, management: viewWith(seen('Cluster', 'shop')) })
  expect(away[0]).toMatchObject({ step: 'topics-and-users-gone', state: 'waiting', reason: 'ClusterNotReachable' })
  expect(currentStep(progressOfDeletion({ ...view, management: viewWith() }))).toBeUndefined()
})

function progress(...objects: readonly ObservedObject[]) {
  return progressOfDeletion({ tenant: 'shop', isolation: 'namespace', management: viewWith(...objects) })
}
