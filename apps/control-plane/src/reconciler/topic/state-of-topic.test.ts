// SPDX-License-Identifier: Apache-2.0
import { type TopicSpec, topicSchema } from '@kaas/domain'
import { limitsFor } from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { expect, test } from 'vitest'
import { actionForTopic } from './action-for-topic.ts'
import { desiredTopic } from './desired-topic.ts'
import type { FoundTopic, TopicObservation } from './observe-topic.ts'
import { reportOfTopic } from './report-of-topic.ts'
import { stateOfTopic } from './state-of-topic.ts'

const limits = limitsFor({ produceBytesPerSecond: 5e6, consumeBytesPerSecond: 5e6, retentionMs: 3_600_000, partitions: 10 })

function topic(spec: Partial<TopicSpec>, deleted = false): StoredResource<'Topic'> {
  return {
    kind: 'Topic',
    tenant: 'orders',
    name: 'payments',
    uid: 'u',
    generation: 1,
    spec: topicSchema.shape.spec.parse(spec),
    labels: {},
    annotations: {},
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...(deleted ? { deletionRequestedAt: new Date(1) } : {}),
  }
}

function found(partitions: number, configs: Readonly<Record<string, string>> = { 'retention.ms': '3600000' }): FoundTopic {
  return { description: { name: 'orders.payments', topicId: 'id', partitions, replicationFactor: 1 }, configs }
}

interface Situation {
  readonly spec?: Partial<TopicSpec>
  readonly deleted?: boolean
  readonly found?: FoundTopic
  readonly usersFirst?: number
  readonly tenantDeleting?: boolean
}

function observation(situation: Situation): TopicObservation {
  const resource = topic(situation.spec ?? {}, situation.deleted)
  const home = { kind: 'found', cluster: 'main', limits, deleting: situation.tenantDeleting ?? false } as const
  const desired = desiredTopic('orders', 'payments', resource.spec, limits)
  return { kind: 'housed', topic: resource, home, usersFirst: situation.usersFirst ?? 0, desired, found: situation.found }
}

test.each<[string, Situation, string, string | undefined]>([
  ['Kafka does not have', {}, 'Absent', 'createTopic'],
  ['is as ordered', { found: found(3) }, 'InSync', undefined],
  ['has too few partitions', { found: found(2) }, 'TooFewPartitions', 'growTopic'],
  ['has more partitions than ordered, which Kafka cannot undo', { found: found(9) }, 'MorePartitions', undefined],
  ['lost the retention of its tenant', { found: found(3, {}) }, 'SettingsDiffer', 'configureTopic'],
  [
    'has a setting that nobody ordered',
    { found: found(3, { 'retention.ms': '3600000', 'segment.ms': '1' }) },
    'SettingsDiffer',
    'configureTopic',
  ],
  ['would keep data for ever', { spec: { config: { 'retention.ms': '-1' } } }, 'LimitExceeded', undefined],
  ['would keep data too long', { spec: { config: { 'retention.ms': '3600001' } } }, 'LimitExceeded', undefined],
  [
    'keeps data shorter than its tenant',
    { spec: { config: { 'retention.ms': '5' } }, found: found(3, { 'retention.ms': '5' }) },
    'InSync',
    undefined,
  ],
  ['has a retention that is no number', { spec: { config: { 'retention.ms': 'long' } } }, 'LimitExceeded', undefined],
  ['has more partitions than its tenant may', { spec: { partitions: 11 } }, 'LimitExceeded', undefined],
  ['belongs to a tenant that is being deleted', { found: found(3), tenantDeleting: true }, 'TenantNotReady', undefined],
  ['is deleted', { deleted: true, found: found(3) }, 'StillThere', 'deleteTopic'],
  [
    'is deleted with its tenant while users are left',
    { deleted: true, found: found(3), usersFirst: 2 },
    'UsersFirst',
    undefined,
  ],
  ['is deleted and gone', { deleted: true }, 'Gone', 'removeTopic'],
])('a topic that %s', (_, situation, state, action) => {
  const named = stateOfTopic(observation(situation))
  expect([named.kind, actionForTopic(named)?.kind]).toEqual([state, action])
})

test('a topic without a home waits, and when deleted goes at once without touching Kafka', () => {
  const homeless = (deleted: boolean) =>
    stateOfTopic({ kind: 'homeless', topic: topic({}, deleted), reason: 'No tenant.' }).kind
  expect([homeless(false), homeless(true)]).toEqual(['TenantNotReady', 'Gone'])
})

test('settings are put right one by one: set what differs, unset what is too much', () => {
  const state = stateOfTopic(
    observation({ spec: { config: { 'cleanup.policy': 'compact' } }, found: found(3, { 'segment.ms': '1' }) }),
  )
  expect(state).toMatchObject({
    change: { set: { 'retention.ms': '3600000', 'cleanup.policy': 'compact' }, unset: ['segment.ms'] },
  })
})

test('more partitions than ordered is ready, and the condition says why they stay', () => {
  const seen = observation({ found: found(9) })
  const { verdict } = reportOfTopic(seen, stateOfTopic(seen))
  expect(verdict.Ready).toMatchObject({ status: 'True', reason: 'MorePartitions' })
  expect(verdict.Ready.message).toContain('cannot take partitions away')
})
