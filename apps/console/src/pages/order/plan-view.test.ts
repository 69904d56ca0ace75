// SPDX-License-Identifier: Apache-2.0
import type { Constraint, Plan } from '@kaas/domain'
import { expect, test } from 'vitest'
import { barsOf, bindingWords, levelsOf, limitsOf } from './plan-view.ts'

const LIMITS = {
  produceBytesPerSecond: 5e6,
  consumeBytesPerSecond: 15e6,
  retentionMs: 604_800_000,
  storageBytes: 3.024e12,
  partitions: 144,
  connections: 1859,
  users: 100,
}
const constraint = (change: Partial<Constraint>): Constraint => ({
  name: 'disk space',
  unit: 'bytes',
  demand: 3e12,
  taken: 0,
  capacity: 100e12,
  target: 0.8,
  share: 0.15,
  headroom: 6.4,
  source: 'F5',
  ...change,
})
const WORKLOAD = { produceBytesPerSecond: 1e6, consumeBytesPerSecond: 2e6, retentionMs: 1000 }
const REFUSED: Plan = {
  workload: WORKLOAD,
  profile: 'economy',
  shared: [
    {
      kind: 'refused',
      cluster: 'local',
      profile: 'economy',
      limits: LIMITS,
      quotaPerBroker: { produceBytesPerSecond: 1, consumeBytesPerSecond: 1 },
      constraints: [constraint({ share: 3, headroom: 0.3 })],
      binding: 'disk space',
      largest: WORKLOAD,
    },
  ],
  dedicated: { kind: 'refused', profile: 'economy', limits: LIMITS, constraints: [], binding: 'cores' },
}

test('all three levels are there side by side, whatever fits, with the largest that would', () => {
  const [virtual, namespace, cluster] = levelsOf(REFUSED)
  expect(virtual).toMatchObject({ level: 'virtual', verdict: 'refused', binding: 'disk space', cost: '' })
  expect(virtual?.largest?.replaceAll('\u00a0', ' ')).toBe('1 MB/s in and 2 MB/s out')
  expect([namespace?.verdict, cluster?.verdict]).toEqual(['refused', 'refused'])
})

test('without a shared cluster the order is said to wait, not to fail', () => {
  const [virtual] = levelsOf({ ...REFUSED, shared: [] })
  expect(virtual).toMatchObject({ verdict: 'unknown', facts: [expect.stringContaining('would wait')] })
})

test('what binds stands first, and says how near it is and what it is beside', () => {
  const constraints = [
    constraint({}),
    constraint({ name: 'connections', unit: 'connections', demand: 859, taken: 100, capacity: 1000, share: 0.12 }),
    constraint({ name: 'replication', unit: 'brokers', share: 1 }),
  ]
  const bars = barsOf({ constraints, binding: 'connections' })
  expect(bars.map(({ name }) => name)).toEqual(['connections', 'disk space'])
  expect(bars[0]?.words).toBe('859 beside 100 of others, of 800 that may be used; could grow 6 times')
  expect(bars.map(bindingWords)[0]).toBe('connections, at 12 % of what may be used')
})

test('limits are numbers that people can read', () => {
  expect(limitsOf(LIMITS).map(({ value }) => value.replaceAll('\u00a0', ' '))).toEqual([
    '5 MB/s',
    '15 MB/s',
    '3.02 TB',
    '144',
    '1,859',
    '100',
  ])
  const virtual = limitsOf({ ...LIMITS, requestsPerSecond: 5000, connectionsPerSecond: 62 })
  expect(virtual.slice(-2)).toEqual([
    { label: 'Requests', value: '5,000/s' },
    { label: 'New connections', value: '62/s' },
  ])
})
