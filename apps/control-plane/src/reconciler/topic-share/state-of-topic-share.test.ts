// SPDX-License-Identifier: Apache-2.0
import { type TenantSpec, type TopicShareSpec, tenantSchema } from '@kaas/domain'
import type { Acl } from '@kaas/kafka-admin'
import type { StoredResource } from '@kaas/store'
import { expect, test } from 'vitest'
import type { ShareInForce } from '../../tenants/shared-topics.ts'
import { actionForTopicShare } from './action-for-topic-share.ts'
import type { FoundShare, TopicShareObservation } from './observe-topic-share.ts'
import { reportOfTopicShare } from './report-of-topic-share.ts'
import { FAREWELL_MS, stateOfTopicShare } from './state-of-topic-share.ts'

const IN_FORCE: ShareInForce = { physicalName: 'shop.orders', name: 'sales', access: 'read', cluster: 'main' }
const RIGHT: Acl = {
  ...{ resource: 'topic', name: 'shop.orders', pattern: 'literal', host: '*', permission: 'allow' },
  ...{ principal: 'User:billing.app', operation: 'read' },
} as const
const WELL: FoundShare = { topicExists: true, nameExists: false, acls: [RIGHT], wantedAcls: [RIGHT] }
const NOW = new Date(1_000_000)

interface Situation {
  readonly spec?: Partial<TopicShareSpec>
  /** What the reconciler noted before; null for nothing. */
  readonly noted?: ShareInForce | null
  readonly deletedMs?: number
  readonly owner?: Partial<TenantSpec>
  readonly receiver?: (Partial<TenantSpec> & { readonly cluster?: string }) | null
  readonly others?: readonly StoredResource<'TopicShare'>[]
  readonly isOrdered?: boolean
  readonly found?: Partial<FoundShare>
  readonly wanted?: Partial<ShareInForce> | null
}

function share(tenant: string, name: string, spec: Partial<TopicShareSpec>, noted: ShareInForce | null) {
  const created = new Date(name === 'older' ? 1 : 2)
  return {
    ...{ kind: 'TopicShare', tenant, name, uid: `${tenant} ${name}`, generation: 1, labels: {}, annotations: {} },
    ...{ createdAt: created, updatedAt: created },
    spec: { topic: 'orders', with: 'billing', as: 'sales', access: 'read', ...spec },
    status: { conditions: [], observedGeneration: 1, observed: noted === null ? {} : { share: noted } },
  } as StoredResource<'TopicShare'>
}

function tenant(name: string, { cluster = 'main', ...spec }: Partial<TenantSpec>): StoredResource<'Tenant'> {
  const workload = { produce: '1MB/s', retention: '1d' }
  return {
    ...{ kind: 'Tenant', name, uid: name, generation: 1, labels: {}, annotations: {} },
    ...{ createdAt: NOW, updatedAt: NOW },
    spec: tenantSchema.shape.spec.parse({ team: 'one', workload, ...spec }),
    status: { conditions: [], observedGeneration: 1, observed: { claimed: true, cluster } },
  } as StoredResource<'Tenant'>
}

function observation(situation: Situation): TopicShareObservation {
  const { spec = {}, noted = IN_FORCE, deletedMs, owner = {}, receiver = {}, others = [], wanted = {} } = situation
  const one = share('shop', 'younger', spec, noted)
  return {
    share: deletedMs === undefined ? one : { ...one, deletionRequestedAt: new Date(NOW.getTime() - deletedMs) },
    owner: tenant('shop', owner),
    receiver: receiver === null ? undefined : tenant('billing', receiver),
    others,
    isOrdered: situation.isOrdered ?? false,
    wanted: wanted === null ? undefined : { ...IN_FORCE, ...wanted },
    found: { ...WELL, ...situation.found },
    now: NOW,
  }
}

const rival = (noted: ShareInForce | null) => [share('depot', 'older', { topic: 'parts' }, noted)]
const NOTHING = { noted: null, found: { acls: [] } } as const

test.each<[string, Situation, string, string | undefined]>([
  ['is as ordered', {}, 'InForce', undefined],
  ['is new: gateways hear of it before anybody gets a right', NOTHING, 'Unannounced', 'announceShare'],
  ['has a user without her right', { found: { acls: [] } }, 'RightsDiffer', 'alterAcls'],
  [
    'has a right that somebody else made',
    { found: { acls: [RIGHT, { ...RIGHT, operation: 'delete' }] } },
    'RightsDiffer',
    'alterAcls',
  ],
  ['gets another name', { wanted: { name: 'deals' } }, 'Unannounced', 'announceShare'],
  ['is for a tenant of another team', { ...NOTHING, receiver: { team: 'two' } }, 'NotAccepted', undefined],
  [
    'is for a tenant of another team, which accepts it',
    { ...NOTHING, receiver: { team: 'two', acceptSharesFrom: ['shop'] } },
    'Unannounced',
    'announceShare',
  ],
  [
    'was withdrawn by a run that was killed before the rights were gone',
    { noted: null, receiver: { team: 'two' } },
    'Withdrawn',
    'withdrawShare',
  ],
  ['is accepted no more', { receiver: { team: 'two' } }, 'Withdrawn', 'withdrawShare'],
  ['is for a tenant that went', { receiver: null }, 'Withdrawn', 'withdrawShare'],
  ['is for no tenant', { ...NOTHING, receiver: null }, 'NotAccepted', undefined],
  ['is for a tenant on another cluster', { ...NOTHING, receiver: { cluster: 'far' } }, 'OtherCluster', undefined],
  ['would hide a topic that was ordered there', { ...NOTHING, isOrdered: true }, 'NameTaken', undefined],
  [
    'would hide a topic that a client made there',
    { noted: null, found: { acls: [], nameExists: true } },
    'NameTaken',
    undefined,
  ],
  ['gave its name to an own topic of the receiver', { found: { nameExists: true } }, 'Withdrawn', 'withdrawShare'],
  [
    'has a name that an older share has',
    { others: rival({ ...IN_FORCE, physicalName: 'depot.parts' }) },
    'Withdrawn',
    'withdrawShare',
  ],
  ['has a name that only a share without force wants', { others: rival(null) }, 'InForce', undefined],
  [
    'is of a topic that is shared there already',
    { ...NOTHING, others: [share('shop', 'older', { as: 'other' }, { ...IN_FORCE, name: 'other' })] },
    'SharedAlready',
    undefined,
  ],
  ['is of a topic that does not exist', { noted: null, found: { acls: [], topicExists: false } }, 'TopicAbsent', undefined],
  ['is of a topic that was deleted', { found: { topicExists: false } }, 'Withdrawn', 'withdrawShare'],
  ['has an owner without a place', { ...NOTHING, wanted: null }, 'OwnerNotReady', undefined],
  ['is taken back: rights go first', { deletedMs: 10 }, 'RightsDiffer', 'alterAcls'],
  ['is taken back, and clients still hear so', { deletedMs: 10, found: { acls: [] } }, 'Farewell', undefined],
  ['was taken back', { deletedMs: FAREWELL_MS, found: { acls: [] } }, 'Gone', 'removeShare'],
  ['never was in force and is deleted', { ...NOTHING, deletedMs: 0 }, 'Gone', 'removeShare'],
])('a share that %s', (_, situation, state, action) => {
  const named = stateOfTopicShare(observation(situation))
  expect([named.kind, actionForTopicShare(named)?.kind]).toEqual([state, action])
})

test('of a tenant that accepts no share nothing is told, not even whether there is one', () => {
  const said = [null, { team: 'two' }, { team: 'two', cluster: 'far' }].map((receiver) => {
    const seen = observation({ ...NOTHING, receiver, isOrdered: true })
    return reportOfTopicShare(seen, stateOfTopicShare(seen)).verdict
  })
  expect(said[1]).toEqual(said[0])
  expect(said[2]).toEqual(said[0])
})

test('gateways keep the name of a share that is being deleted until its rights are gone', () => {
  const seen = observation({ deletedMs: 10 })
  expect(reportOfTopicShare(seen, stateOfTopicShare(seen)).observed).toEqual({ share: IN_FORCE })
})
