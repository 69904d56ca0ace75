// SPDX-License-Identifier: Apache-2.0
import { type TenantSpec, tenantSchema } from '@kaas/domain'
import { ECONOMY, limitsFor, planShared } from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { expect, test } from 'vitest'
import type { PrefixedNames } from '../../kafka/cluster-survey.ts'
import { conditionsFrom, settled } from '../conditions.ts'
import { actionForTenant } from './action-for-tenant.ts'
import type { TenantObservation } from './observe-tenant.ts'
import { reportOfTenant } from './report-of-tenant.ts'
import { stateOfTenant } from './state-of-tenant.ts'

const workload = { produceBytesPerSecond: 5e6, consumeBytesPerSecond: 5e6, retentionMs: 3_600_000 }
const limits = limitsFor(workload)
const NOTHING: PrefixedNames = { topics: [], groups: [], openTransactions: [], users: [], quotaUsers: [], acls: [] }
const everything: PrefixedNames = {
  topics: ['orders.t'],
  groups: ['orders.g'],
  openTransactions: ['orders.x'],
  users: [{ user: 'orders.u', credentials: [] }],
  quotaUsers: ['orders.u'],
  acls: [
    {
      resource: 'topic',
      name: 'orders.',
      pattern: 'prefixed',
      principal: 'User:orders.u',
      host: '*',
      operation: 'all',
      permission: 'allow',
    },
  ],
}

function tenant(spec: Partial<TenantSpec> = {}, status?: StoredResource<'Tenant'>['status']): StoredResource<'Tenant'> {
  return {
    kind: 'Tenant',
    name: 'orders',
    uid: 'u',
    generation: 1,
    spec: tenantSchema.shape.spec.parse({ workload: { produce: '5MB/s', consume: '5MB/s', retention: '1h' }, ...spec }),
    labels: {},
    annotations: {},
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...(status === undefined ? {} : { status }),
  }
}

function place(name: string, room = true) {
  const large = {
    produceBytesPerSecond: 1e9,
    consumeBytesPerSecond: 1e9,
    partitions: 1e5,
    diskBytes: 1e15,
    connections: 1e5,
  }
  const nothing = { produceBytesPerSecond: 0, consumeBytesPerSecond: 0, partitions: 0, diskBytes: 0, connections: 0 }
  const capacity = room ? large : { ...large, partitions: 1 }
  return planShared(workload, { name, brokers: 3, replicationFactor: 3, capacity, taken: nothing }, ECONOMY)
}

const claim = { cluster: 'main' }
const readyStatus = {
  conditions: conditionsFrom(settled('Well.'), [], new Date(0)),
  observedGeneration: 1,
  observed: { cluster: 'main', claimed: true, limits },
}
const unclaimed = (parts: Partial<Extract<TenantObservation, { kind: 'unclaimed' }>>, spec: Partial<TenantSpec> = {}) =>
  ({ kind: 'unclaimed', tenant: tenant(spec), limits, plans: [place('main')], names: NOTHING, ...parts }) as const
const claimed = (of: StoredResource<'Tenant'>) => ({ kind: 'claimed', tenant: of, limits, claim }) as const
const deleting = (parts: Partial<Extract<TenantObservation, { kind: 'deleting' }>>) =>
  ({ kind: 'deleting', tenant: tenant(), limits, claim, users: 0, topics: 0, shares: 0, names: NOTHING, ...parts }) as const

test.each<[string, TenantObservation, string, string | undefined]>([
  ['is new and its prefix is free', unclaimed({}), 'Unclaimed', 'claimPrefix'],
  ['is new and may adopt what is there', unclaimed({ names: undefined }, { adopt: true }), 'Unclaimed', 'claimPrefix'],
  ['has a prefix that is in use', unclaimed({ names: { ...NOTHING, groups: ['orders.g'] } }), 'PrefixTaken', undefined],
  ['finds no cluster', unclaimed({ plans: [], names: undefined }), 'NoCluster', undefined],
  ['fits nowhere', unclaimed({ plans: [place('main', false)], names: undefined }), 'NoRoom', undefined],
  ['has its place, but nobody was told', claimed(tenant()), 'Unannounced', 'announceTenant'],
  ['is as ordered', claimed(tenant({}, readyStatus)), 'Ready', undefined],
  [
    'has new limits',
    claimed(tenant({}, { ...readyStatus, observed: { ...readyStatus.observed, limits: { ...limits, users: 1 } } })),
    'Unannounced',
    'announceTenant',
  ],
  ['wants to move', claimed(tenant({ cluster: 'other' }, readyStatus)), 'MoveWanted', undefined],
  ['is deleted and has users', deleting({ users: 2, names: undefined }), 'UsersLeft', undefined],
  ['is deleted: credentials go first', deleting({ names: everything, topics: 3 }), 'CredentialsLeft', 'deleteCredentials'],
  ['is deleted and has shares', deleting({ shares: 1 }), 'SharesLeft', undefined],
  ['is deleted: then rights', deleting({ names: { ...everything, users: [] } }), 'AclsLeft', 'deleteAcls'],
  ['is deleted: then quotas', deleting({ names: { ...everything, users: [], acls: [] } }), 'QuotasLeft', 'deleteQuotas'],
  [
    'is deleted: then groups',
    deleting({ names: { ...everything, users: [], acls: [], quotaUsers: [] } }),
    'GroupsLeft',
    'deleteGroups',
  ],
  [
    'is deleted: then open transactions',
    deleting({ names: { ...NOTHING, openTransactions: ['orders.x'], topics: ['orders.t'] } }),
    'TransactionsLeft',
    'endTransactions',
  ],
  [
    'is deleted and has topics',
    deleting({ topics: 1, names: { ...NOTHING, topics: ['orders.t'] } }),
    'TopicResourcesLeft',
    undefined,
  ],
  [
    'is deleted: topics that applications made go last',
    deleting({ names: { ...NOTHING, topics: ['orders.t'] } }),
    'TopicsLeft',
    'deleteTopics',
  ],
  ['is deleted and nothing is left', deleting({}), 'Gone', 'removeTenant'],
  [
    'is deleted and never had a place: Kafka is not touched',
    deleting({ claim: undefined, names: undefined }),
    'Gone',
    'removeTenant',
  ],
])('a tenant that %s', (_, observation, state, action) => {
  const named = stateOfTenant(observation)
  expect([named.kind, actionForTenant(named)?.kind]).toEqual([state, action])
})

test('a taken prefix says what is there and what can be done', () => {
  const { reason } = stateOfTenant(unclaimed({ names: everything }))
  expect(reason).toContain('6 names with the prefix "orders."')
  expect(reason).toContain('topic orders.t')
  expect(reason).toContain('spec.adopt')
})

test('a workload that fits nowhere is told the largest that does', () => {
  const { reason } = stateOfTenant(unclaimed({ plans: [place('main', false)], names: undefined }))
  expect(reason).toMatch(/Order at most|full/)
})

test('no state of a tenant loses its claim', () => {
  const observation = claimed(tenant({ cluster: 'other' }, readyStatus))
  expect(reportOfTenant(observation, stateOfTenant(observation)).observed).toMatchObject({ claimed: true, cluster: 'main' })
})
