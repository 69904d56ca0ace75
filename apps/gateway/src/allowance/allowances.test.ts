// SPDX-License-Identifier: Apache-2.0
import type { SnapshotTenant } from '@kaas/domain'
import { expect, test } from 'vitest'
import { Allowances } from './allowances.ts'

const limits = { partitions: 1, retentionMs: 1, connections: 100, produceBytesPerSecond: 1000, consumeBytesPerSecond: 3000 }
const ORDERS: SnapshotTenant = { name: 'orders', cluster: 'local', limits, paused: false }
const noConnections = () => 0
const change = { version: 2, tenants: [], removedTenants: [], hasClusterChange: false }

test('a gateway alone lets the whole rate through; with a third of it, a third', () => {
  const allowances = new Allowances()
  const orders = allowances.of(ORDERS, 0)
  orders.received(1000)
  expect(orders.waitMs(0)).toBe(0)
  allowances.share({ nodes: 3, tenants: { orders: { produce: 1 / 3, consume: 1 / 3, connectionsElsewhere: 0 } } }, 0)
  orders.received(333)
  expect(orders.waitMs(0)).toBeGreaterThan(900)
})

test('a tenant that no gateway told of has an even part at each', () => {
  const allowances = new Allowances()
  allowances.share({ nodes: 4, tenants: {} }, 0)
  const orders = allowances.of(ORDERS, 0)
  orders.received(250 + 250)
  expect(orders.waitMs(0)).toBeCloseTo(1000)
})

test('consuming counts for itself, and who moved too much in one direction waits in both', () => {
  const orders = new Allowances().of(ORDERS, 0)
  orders.sent(6000)
  expect(orders.waitMs(0)).toBe(1000)
})

test('connections at other gateways count', () => {
  const allowances = new Allowances()
  const orders = allowances.of(ORDERS, 0)
  expect(orders.connections).toBe(100)
  allowances.share({ nodes: 2, tenants: { orders: { produce: 0.5, consume: 0.5, connectionsElsewhere: 70 } } }, 0)
  expect(orders.connections).toBe(30)
  allowances.share({ nodes: 2, tenants: { orders: { produce: 0.5, consume: 0.5, connectionsElsewhere: 300 } } }, 0)
  expect(orders.connections).toBe(0)
})

test('a tenant with little traffic is not told of; one that had to wait wants more than it got', () => {
  const allowances = new Allowances()
  const orders = allowances.of(ORDERS, 0)
  orders.received(100)
  expect(allowances.takeLoads(2000, noConnections)).toEqual([])
  orders.received(4000)
  expect(orders.waitMs(1)).toBeGreaterThan(0)
  const [told] = allowances.takeLoads(2000, noConnections)
  expect(told).toEqual({ name: 'orders', produceBytesPerSecond: 3000, consumeBytesPerSecond: 0, connections: 0 })
  expect(allowances.takeLoads(2000, () => 11)).toMatchObject([{ name: 'orders', connections: 11, produceBytesPerSecond: 0 }])
})

test('a new order changes the rate of open connections, and a tenant that went is not told of', () => {
  const allowances = new Allowances()
  const orders = allowances.of(ORDERS, 0)
  orders.received(2000)
  expect(orders.waitMs(0)).toBe(1000)
  const more = { ...ORDERS, limits: { ...limits, produceBytesPerSecond: 10_000 } }
  allowances.follow({ ...change, tenants: [more] }, 0)
  expect(orders.waitMs(0)).toBe(100)
  allowances.follow({ ...change, removedTenants: ['orders'] }, 0)
  expect(allowances.takeLoads(1000, () => 50)).toEqual([])
})

test('a snapshot without rates, as an older control plane sends it, limits nobody', () => {
  const orders = new Allowances().of({ ...ORDERS, limits: { partitions: 1, retentionMs: 1, connections: 1 } }, 0)
  orders.received(1e12)
  expect(orders.waitMs(0)).toBe(0)
})

test('a stretch beyond the rate is told once when it begins, and once when it has been over for some seconds', () => {
  const allowances = new Allowances()
  const orders = allowances.of(ORDERS, 0)
  expect(allowances.throttling(0)).toEqual([])
  orders.received(3000)
  expect(orders.waitMs(0)).toBe(2000)
  expect(allowances.throttling(100)).toMatchObject([{ action: 'limit', outcome: 'denied', rule: 'rate', tenant: 'orders' }])
  orders.received(1000)
  orders.waitMs(1500)
  expect(allowances.throttling(2500)).toEqual([])
  expect(allowances.throttling(7900)).toEqual([])
  expect(allowances.throttling(8100)).toMatchObject([{ outcome: 'allowed', message: expect.stringContaining('after 3 s') }])
  expect(allowances.throttling(8200)).toEqual([])
})
