// SPDX-License-Identifier: Apache-2.0
import type { SnapshotTenant } from '@kaas/domain'
import { expect, test } from 'vitest'
import { TENANT } from '../../../test/step-context.ts'
import { type Heartbeat, KeptExpressions } from './kept-expressions.ts'
import { nameViewOf } from './name-view.ts'

const sales = { physicalName: 'shop.sales', name: 'sales-of-shop', access: 'read' } as const
const other = { physicalName: 'shop.prices', name: 'prices', access: 'read' } as const
const before = viewWith()
const after = viewWith(sales)
const member: Heartbeat = { groupId: 'g', memberId: 'm', memberEpoch: 3, subscribedTopicRegex: null }
const joins: Heartbeat = { ...member, memberEpoch: 0, subscribedTopicRegex: 'sales.*' }

test('when a share comes the expression is said once more, after the rights have had time to follow', () => {
  const kept = new KeptExpressions()
  expect(kept.saidBy(joins, before, 0)).toBe('sales.*')
  expect(kept.saidBy(member, before, 1000)).toBeNull()
  expect(kept.saidBy(member, after, 2000)).toBeNull()
  expect(kept.saidBy(member, after, 6999)).toBeNull()
  expect(kept.saidBy(member, after, 7000)).toBe('sales.*')
  expect(kept.saidBy(member, after, 8000)).toBeNull()
})

test('when a share goes it is said again as well, and a share that comes and goes at once is not worth a rebalance', () => {
  const kept = new KeptExpressions()
  kept.saidBy(joins, after, 0)
  expect(kept.saidBy(member, before, 1000)).toBeNull()
  expect(kept.saidBy(member, viewWith(sales), 3000)).toBeNull()
  expect(kept.saidBy(member, viewWith(sales), 30_000)).toBeNull()
  expect(kept.saidBy(member, before, 31_000)).toBeNull()
  expect(kept.saidBy(member, before, 36_000)).toBe('sales.*')
})

test('a share that the expression does not match changes nothing', () => {
  const kept = new KeptExpressions()
  kept.saidBy(joins, before, 0)
  expect([1000, 9000].map((nowMs) => kept.saidBy(member, viewWith(other), nowMs))).toEqual([null, null])
})

test('whoever left, took the expression back, or says another one is not spoken for', () => {
  for (const said of [{ memberEpoch: -1 }, { subscribedTopicRegex: '' }, { subscribedTopicRegex: 'own.*' }]) {
    const kept = new KeptExpressions()
    kept.saidBy(joins, before, 0)
    const heartbeat = { ...member, ...said }
    expect(kept.saidBy(heartbeat, before, 1000)).toBe(heartbeat.subscribedTopicRegex)
    expect([2000, 9000].map((nowMs) => kept.saidBy(member, after, nowMs))).toEqual([null, null])
  }
})

test('a connection with members without end remembers the last sixteen', () => {
  const kept = new KeptExpressions()
  const ids = Array.from({ length: 40 }, (_, index) => `m${index}`)
  for (const memberId of ids) kept.saidBy({ ...joins, memberId }, before, 0)
  const again = (nowMs: number) => ids.filter((memberId) => kept.saidBy({ ...member, memberId }, after, nowMs) !== null)
  expect(again(1000)).toEqual([])
  expect(again(6000)).toEqual(ids.slice(-16))
})

function viewWith(...shares: NonNullable<SnapshotTenant['shares']>) {
  return nameViewOf({ ...TENANT, shares })
}
