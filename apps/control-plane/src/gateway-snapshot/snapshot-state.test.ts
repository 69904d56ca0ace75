// SPDX-License-Identifier: Apache-2.0
import {
  type GatewaySnapshot,
  kafkaClusterSchema,
  type SnapshotEvent,
  snapshotEventSchema,
  tenantSchema,
} from '@kaas/domain'
import type { SnapshotChanges, StoredResource } from '@kaas/store'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SnapshotState } from './snapshot-state.ts'

const rest = { uid: 'u', generation: 1, labels: {}, annotations: {}, createdAt: new Date(0), updatedAt: new Date(0) }

function tenant(
  name: string,
  options: { claimed?: boolean; deleting?: boolean; partitions?: number } = {},
): StoredResource<'Tenant'> {
  const { claimed = true, deleting = false, partitions = 10 } = options
  const observed = claimed ? { claimed: true, cluster: 'main' } : {}
  const workload = { produce: '1MB/s', consume: '1MB/s', retention: '1h', partitions }
  return {
    kind: 'Tenant',
    name,
    ...rest,
    spec: tenantSchema.shape.spec.parse({ workload }),
    status: { conditions: [], observedGeneration: 1, observed },
    ...(deleting ? { deletionRequestedAt: new Date(1) } : {}),
  }
}

function cluster(name: string, observed: Record<string, unknown> = {}): StoredResource<'KafkaCluster'> {
  const spec = kafkaClusterSchema.shape.spec.parse({ bootstrapServers: ['kafka:9092'], tls: { enabled: true } })
  return { kind: 'KafkaCluster', name, ...rest, spec, status: { conditions: [], observedGeneration: 1, observed } }
}

function changes(version: number, parts: Partial<SnapshotChanges>): SnapshotChanges {
  return {
    version,
    tenants: [],
    clusters: [],
    externalUsers: new Map(),
    shares: new Map(),
    removedTenants: [],
    removedClusters: [],
    ...parts,
  }
}

const empty = () => new SnapshotState({ version: 0, tenants: [], clusters: [], externalUsers: new Map(), shares: new Map() })

test('a tenant enters with its claim, is paused while it is deleted, and leaves when it is gone', () => {
  const state = empty()
  expect(state.apply(changes(1, { tenants: [tenant('orders', { claimed: false })] }))).toEqual([])
  const [entered] = state.apply(changes(2, { tenants: [tenant('orders')] }))
  expect(entered).toMatchObject({ kind: 'tenant', version: 2, tenant: { name: 'orders', cluster: 'main', paused: false } })
  const [paused] = state.apply(changes(3, { tenants: [tenant('orders', { deleting: true })] }))
  expect(paused).toMatchObject({ kind: 'tenant', tenant: { paused: true } })
  expect(state.apply(changes(4, { removedTenants: ['orders'] }))).toEqual([
    { kind: 'tenantRemoved', name: 'orders', version: 4 },
  ])
})

test('users without a password are listed with their tenant, and an entry without any says nothing of them', () => {
  const state = empty()
  const externalUsers = new Map([['orders', [{ name: 'orders.web', proof: 'bearer' } as const]]])
  const [listed] = state.apply(changes(1, { tenants: [tenant('orders')], externalUsers }))
  expect(listed).toMatchObject({ tenant: { externalUsers: [{ name: 'orders.web', proof: 'bearer' }] } })
  const [gone] = state.apply(changes(2, { tenants: [tenant('orders')] }))
  expect(gone?.kind === 'tenant' && gone.tenant).not.toHaveProperty('externalUsers')
})

test('shares in force stand with who receives them, each name and each topic once, and those on another cluster not at all', () => {
  const state = empty()
  const share = (owner: string, topic: string, name: string, cluster = 'main') =>
    ({
      ...{ kind: 'TopicShare', tenant: owner, name: topic, uid: `${owner} ${topic}` },
      status: { observed: { share: { physicalName: `${owner}.${topic}`, name, access: 'read', cluster } } },
    }) as unknown as StoredResource<'TopicShare'>
  const offered = { ...share('shop', 'offered', 'offered'), status: undefined } as unknown as StoredResource<'TopicShare'>
  const given = [
    ...[share('shop', 'sales', 'sales'), share('depot', 'parts', 'sales'), share('shop', 'sales', 'again')],
    ...[share('shop', 'far', 'far', 'other'), offered],
  ]
  const [listed] = state.apply(changes(1, { tenants: [tenant('orders')], shares: new Map([['orders', given]]) }))
  expect(listed?.kind === 'tenant' && listed.tenant.shares).toEqual([
    { physicalName: 'shop.sales', name: 'sales', access: 'read' },
  ])
  const [gone] = state.apply(changes(2, { tenants: [tenant('orders')] }))
  expect(gone?.kind === 'tenant' && gone.tenant).not.toHaveProperty('shares')
})

test('what gateways would not notice is not sent', () => {
  const state = empty()
  state.apply(changes(1, { tenants: [tenant('orders')] }))
  expect(state.apply(changes(2, { tenants: [tenant('orders')] }))).toEqual([])
})

test('a cluster brings its brokers and its CA, and comes before its tenants', () => {
  const observed = { brokers: [{ nodeId: 1, host: 'b1', port: 9093, rack: null, fenced: false }, 'nonsense'], caPem: 'PEM' }
  const events = empty().apply(changes(2, { tenants: [tenant('orders')], clusters: [cluster('main', observed)] }))
  expect(events.map(({ kind }) => kind)).toEqual(['cluster', 'tenant'])
  expect(events[0]).toMatchObject({
    cluster: { brokers: [{ nodeId: 1, host: 'b1', port: 9093 }], tls: { enabled: true, caPem: 'PEM' } },
  })
})

test('a name that was removed and made again between two readings stays', () => {
  const state = empty()
  state.apply(changes(1, { tenants: [tenant('orders')] }))
  const again = changes(3, { removedTenants: ['orders'], tenants: [tenant('orders', { partitions: 99 })] })
  expect(state.apply(again)).toMatchObject([{ kind: 'tenant', tenant: { limits: { partitions: 99 } } }])
})

test('every event has a version of its own, also when a write came while the store was read', () => {
  const state = empty()
  const early = state.apply(changes(1, { tenants: [tenant('a'), tenant('b')] }))
  expect(early.map((event) => event.kind === 'tenant' && [event.tenant.name, event.version])).toEqual([['a', 1]])
  const late = state.apply(changes(2, { tenants: [tenant('b')] }))
  expect(late).toMatchObject([{ kind: 'tenant', version: 2, tenant: { name: 'b' } }])
})

test('a gateway that follows any history of changes ends with what a new gateway gets', () => {
  const names = ['a', 'b', 'c', 'd']
  const write = fc.record({
    name: fc.constantFrom(...names),
    partitions: fc.integer({ min: 1, max: 5 }),
    claimed: fc.boolean(),
    removed: fc.boolean(),
    /** How many writes the reading that notices this one runs behind. */
    lag: fc.integer({ min: 0, max: 2 }),
  })
  fc.assert(
    fc.property(fc.array(write, { maxLength: 30 }), (writes) => {
      const stored = new Map<string, { version: number; tenant: StoredResource<'Tenant'> | undefined }>()
      const state = empty()
      const follower = new Follower(state.full())
      const read = (version: number) => {
        const changed = [...stored].filter(([, entry]) => entry.version > state.version)
        const tenants = changed.flatMap(([, entry]) => entry.tenant ?? [])
        const removedTenants = changed.filter(([, entry]) => entry.tenant === undefined).map(([name]) => name)
        for (const event of state.apply(changes(Math.max(version, state.version), { tenants, removedTenants })))
          follower.take(event)
      }
      writes.forEach(({ name, partitions, claimed, removed, lag }, index) => {
        stored.set(name, { version: index + 1, tenant: removed ? undefined : tenant(name, { claimed, partitions }) })
        read(index + 1 - lag)
      })
      read(writes.length)
      expect(follower.tenants()).toEqual(byName(state.full().tenants))
    }),
  )
})

/** Takes events as the gateway does: checked by the schema, versions strictly rising. */
class Follower {
  readonly #tenants = new Map<string, GatewaySnapshot['tenants'][number]>()
  #version: number

  constructor(full: GatewaySnapshot) {
    this.#version = full.version
  }

  take(event: SnapshotEvent): void {
    const parsed = snapshotEventSchema.parse(event)
    if (parsed.kind === 'full') throw new Error('No full state was asked for.')
    expect(parsed.version).toBeGreaterThan(this.#version)
    this.#version = parsed.version
    if (parsed.kind === 'tenant') this.#tenants.set(parsed.tenant.name, parsed.tenant)
    if (parsed.kind === 'tenantRemoved') this.#tenants.delete(parsed.name)
  }

  tenants() {
    return byName([...this.#tenants.values()])
  }
}

function byName<T extends { readonly name: string }>(entries: readonly T[]): readonly T[] {
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
