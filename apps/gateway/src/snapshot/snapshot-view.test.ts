// SPDX-License-Identifier: Apache-2.0
import type { GatewaySnapshot, SnapshotEvent } from '@kaas/domain'
import { expect, test } from 'vitest'
import { type SnapshotChange, SnapshotView } from './snapshot-view.ts'

const cluster = { name: 'local', bootstrapServers: ['a:1'], tls: { enabled: false }, brokers: [] }
const tenant = (name: string, paused = false): GatewaySnapshot['tenants'][number] => ({
  name,
  cluster: 'local',
  limits: { partitions: 1, retentionMs: 1, connections: 1 },
  paused,
})
const full = (version: number, ...tenants: GatewaySnapshot['tenants']): SnapshotEvent => ({
  kind: 'full',
  snapshot: { version, clusters: [cluster], tenants },
})

test('a full state tells who came, who changed and who went, and nothing about the others', () => {
  const view = new SnapshotView()
  view.apply(full(1, tenant('same'), tenant('paused'), tenant('gone')))
  const changes: SnapshotChange[] = []
  view.onChange((change) => changes.push(change))
  view.apply(full(2, tenant('same'), tenant('paused', true), tenant('new')))
  expect(changes[0]?.tenants.map(({ name }) => name)).toEqual(['paused', 'new'])
  expect(changes[0]?.removedTenants).toEqual(['gone'])
})

test('after an outage, a rate that was changed and a user who was removed meanwhile are told as changes', () => {
  const view = new SnapshotView()
  const before = { ...tenant('orders'), externalUsers: [{ name: 'orders.robot', proof: 'certificate' as const }] }
  view.apply(full(1, before, { ...tenant('shop'), limits: { ...tenant('shop').limits, produceBytesPerSecond: 1 } }))
  const changes: SnapshotChange[] = []
  view.onChange((change) => changes.push(change))
  const limits = { ...tenant('shop').limits, produceBytesPerSecond: 2 }
  view.apply(full(2, { ...before, externalUsers: [] }, { ...tenant('shop'), limits }))
  expect(changes[0]?.tenants.map(({ name }) => name)).toEqual(['orders', 'shop'])
})

test.each<[string, SnapshotEvent]>([
  ['an older full state', full(4, tenant('x'))],
  ['a change that is not newer', { kind: 'tenant', version: 5, tenant: tenant('x') }],
  ['a tenant on an unknown cluster', { kind: 'tenant', version: 6, tenant: { ...tenant('x'), cluster: 'nowhere' } }],
  ['a full state with such a tenant', full(6, { ...tenant('x'), cluster: 'nowhere' })],
  ['the end of a cluster that has tenants', { kind: 'clusterRemoved', version: 6, name: 'local' }],
])('%s is refused whole and changes nothing', (_, event) => {
  const view = new SnapshotView()
  view.apply(full(5, tenant('kept')))
  const before = view.toSnapshot()
  expect(() => view.apply(event)).toThrow(/refused/)
  expect(view.toSnapshot()).toEqual(before)
})

test('a change before any full state is refused', () => {
  expect(() => new SnapshotView().apply({ kind: 'tenantRemoved', version: 1, name: 'x' })).toThrow(/before the full state/)
})

test('10,000 tenants are small and found at once', () => {
  const view = new SnapshotView()
  const before = process.memoryUsage().heapUsed
  view.apply(full(1, ...Array.from({ length: 10_000 }, (_, index) => tenant(`tenant-${index}`))))
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * 1024 * 1024)
  expect(view.tenant('tenant-9999')?.cluster).toBe('local')
})
