// SPDX-License-Identifier: Apache-2.0
import { namesOf } from '@kaas/domain'
import { expect, test } from 'vitest'
import { Admitted } from './admitted.ts'
import { type ClusterReading, samplesOf } from './samples-of.ts'

const GROUP = { groupId: 'orders.g', type: 'classic', state: 'Empty', coordinator: 0, offsets: [], lagByTopic: new Map() }
const READING: ClusterReading = {
  partitions: new Map([
    ['orders.a', 3],
    ['orders.b', 1],
    ['nobodys', 9],
  ]),
  usage: {
    atMs: 0,
    latest: new Map(),
    topics: new Map([
      ['orders.a', { bytes: 100, recordsInPerS: 2, bytesInPerS: 20 }],
      ['orders.b', { bytes: 50 }],
    ]),
  },
  groups: { groups: new Map([['orders.g', { ...GROUP, lag: 7 }]]) },
}
const SHARED = (tenant: string) => namesOf(tenant, 'virtual')
const TRAFFIC = new Map([['orders', { bytesIn: 1, bytesOut: 2, requests: 3, connections: 4 }]])

test('a tenant’s point has what gateways and Kafka say, and her topics and groups have their own', () => {
  expect(samplesOf([SHARED('orders'), SHARED('empty')], READING, TRAFFIC)).toEqual([
    { tenant: 'orders', kind: 'tenant', name: '', values: [1, 2, 3, 4, 4, 150, 2, 7] },
    { tenant: 'orders', kind: 'topic', name: 'a', values: [20, 100, 2] },
    { tenant: 'orders', kind: 'topic', name: 'b', values: [null, 50, null] },
    { tenant: 'orders', kind: 'group', name: 'g', values: [7] },
    { tenant: 'empty', kind: 'tenant', name: '', values: [0, null, null, null, 0, 0, 0, 0] },
  ])
})

test('on a Kafka of her own everything is hers under its own name, but for what the platform keeps there', () => {
  const partitions = new Map([...(READING.partitions ?? []), ['__consumer_offsets', 50]])
  const samples = samplesOf([namesOf('orders', 'namespace')], { ...READING, partitions }, new Map())
  expect(samples[0]).toEqual({ tenant: 'orders', kind: 'tenant', name: '', values: [20, null, null, null, 13, 150, 2, 7] })
  expect(samples.slice(1).map(({ kind, name }) => [kind, name])).toEqual([
    ['topic', 'orders.a'],
    ['topic', 'orders.b'],
    ['group', 'orders.g'],
  ])
})

test('when the cluster is away, what gateways say is kept and the rest is silence, not zero', () => {
  expect(samplesOf([SHARED('orders')], {}, TRAFFIC)).toEqual([
    { tenant: 'orders', kind: 'tenant', name: '', values: [1, 2, 3, 4, null, null, null, null] },
  ])
})

test('topics and groups get places as long as there are some, one tenant cannot take all, and silence frees them', () => {
  const admitted = new Admitted({ most: 3, mostOfTenant: 2, idleMs: 100 })
  const topic = (tenant: string, name: string) => ({ tenant, kind: 'topic', name, values: [1] }) as const
  const tenant = { tenant: 'a', kind: 'tenant', name: '', values: [1] } as const
  const asked = [tenant, topic('a', '1'), topic('a', '2'), topic('a', '3'), topic('b', '1'), topic('c', '1')]
  expect(admitted.admit(asked, 0)).toEqual([tenant, topic('a', '1'), topic('a', '2'), topic('b', '1')])
  expect(admitted.admit([topic('a', '2'), topic('c', '1')], 90)).toEqual([topic('a', '2')])
  admitted.forgetIdle(120)
  expect(admitted.admit([topic('a', '3'), topic('c', '1'), topic('c', '2')], 130)).toEqual([
    topic('a', '3'),
    topic('c', '1'),
  ])
})
