// SPDX-License-Identifier: Apache-2.0
import type { SnapshotTenant } from '@kaas/domain'
import { expect, test } from 'vitest'
import { Allowances } from './allowances.ts'

const rates = { produceBytesPerSecond: 1000, consumeBytesPerSecond: 3000, requestsPerSecond: 500, connectionsPerSecond: 10 }
const limits = { partitions: 1, retentionMs: 1, connections: 100, ...rates }
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
  const nothing = { consumeBytesPerSecond: 0, requestsPerSecond: 0, connectionsPerSecond: 0, connections: 0 }
  expect(told).toEqual({ name: 'orders', produceBytesPerSecond: 3000, ...nothing })
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

test('requests are counted whatever their size: who sent too many waits, and its share follows those of other gateways', () => {
  const allowances = new Allowances()
  const orders = allowances.of(ORDERS, 0)
  for (let sent = 0; sent < 750; sent += 1) orders.requested()
  expect(orders.waitMs(0)).toBe(500)
  allowances.share({ nodes: 2, tenants: { orders: { produce: 1, consume: 1, requests: 0.25, connectionsElsewhere: 0 } } }, 0)
  expect(orders.waitMs(0)).toBe(2000)
  expect(allowances.takeLoads(1000, noConnections)).toMatchObject([{ requestsPerSecond: 1125, produceBytesPerSecond: 0 }])
})

test('a control plane that does not know of requests yet leaves each gateway an even part of them', () => {
  const allowances = new Allowances()
  allowances.share({ nodes: 2, tenants: { orders: { produce: 1, consume: 1, connectionsElsewhere: 0 } } }, 0)
  const orders = allowances.of(ORDERS, 0)
  for (let sent = 0; sent < 500; sent += 1) orders.requested()
  expect(orders.waitMs(0)).toBe(1000)
})

test('new connections wait one behind the other, and those whose turn would come after five seconds are turned away', () => {
  const orders = new Allowances().of(ORDERS, 0)
  const turns = Array.from({ length: 100 }, () => orders.turn(0))
  const granted = turns.filter(({ kind }) => kind === 'granted')
  // A second's worth at once, five seconds' worth behind it, and the one that overdraws.
  expect(granted).toHaveLength(10 + 50 + 1)
  expect(granted.filter(({ waitMs }) => waitMs === 0)).toHaveLength(11)
  expect(granted.at(-1)?.waitMs).toBe(5000)
  expect(turns.at(-1)).toEqual({ kind: 'refused', waitMs: 5000 })
  // Who was turned away has cost nothing: a second later there is room for a second's worth.
  expect(Array.from({ length: 100 }, () => orders.turn(1000)).filter(({ kind }) => kind === 'granted')).toHaveLength(10)
})

test('a few new connections are not told of, so that turns stay even: when a gateway goes, the others take over at once', () => {
  const allowances = new Allowances()
  const orders = allowances.of(ORDERS, 0)
  orders.turn(0)
  const busy = () => 50
  expect(allowances.takeLoads(2000, busy)).toMatchObject([{ connections: 50, connectionsPerSecond: 0 }])
  for (let turns = 0; turns < 8; turns += 1) orders.turn(0)
  expect(allowances.takeLoads(2000, busy)).toMatchObject([{ connectionsPerSecond: 4 }])
})

test('each rate has a stretch of its own in the audit log', () => {
  const allowances = new Allowances()
  const orders = allowances.of(ORDERS, 0)
  for (let sent = 0; sent < 600; sent += 1) orders.requested()
  orders.waitMs(0)
  for (let turns = 0; turns < 20; turns += 1) orders.turn(0)
  expect(allowances.throttling(1)).toMatchObject([
    { rule: 'request-rate', outcome: 'denied', message: expect.stringContaining('its requests a second') },
    { rule: 'connection-rate', outcome: 'denied', message: expect.stringContaining('new connections a second') },
  ])
  expect(allowances.throttling(9000)).toMatchObject([
    { rule: 'request-rate', outcome: 'allowed' },
    { rule: 'connection-rate', outcome: 'allowed' },
  ])
})
