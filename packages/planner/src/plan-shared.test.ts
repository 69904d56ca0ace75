// SPDX-License-Identifier: Apache-2.0
/** A place on a shared cluster: what fits, what binds, what is refused, and who goes where. */
import { parseWorkload, sharedPlanSchema, type Workload } from '@kaas/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitsFor } from './limits.ts'
import { capacityOf, planShared, rankShared, refusalOf, type SharedCluster, takenBy } from './plan-shared.ts'
import { ECONOMY, PRODUCTION } from './profiles.ts'

const ORDERS = parseWorkload({ produce: '5MB/s', consume: '15MB/s', retention: '7d' })

const CLUSTER: SharedCluster = {
  name: 'shared-1',
  brokers: 3,
  replicationFactor: 3,
  capacity: {
    produceBytesPerSecond: 100e6,
    consumeBytesPerSecond: 300e6,
    partitions: 4000,
    diskBytes: 100e12,
    connections: 9000,
  },
  taken: takenBy([], 3),
}

describe('a workload on a shared cluster', () => {
  it('gets limits, quotas per broker, every constraint and the binding one', () => {
    const plan = planShared(ORDERS, CLUSTER, ECONOMY)
    expect(plan).toMatchObject({
      kind: 'fits',
      binding: 'disk space',
      limits: {
        partitions: 144,
        connections: 859,
        requestsPerSecond: 5000,
        connectionsPerSecond: 86,
        users: 100,
        storageBytes: 5e6 * 7 * 86_400,
      },
      quotaPerBroker: { produceBytesPerSecond: 1_666_667, consumeBytesPerSecond: 5_000_000 },
    })
    expect(plan.constraints.map(({ name, share }) => [name, Math.round(share * 1000) / 1000])).toEqual([
      ['produce rate', 0.063],
      ['consume rate', 0.063],
      ['disk space', 0.113],
      ['partitions', 0.009],
      ['connections', 0.024],
    ])
    expect(sharedPlanSchema.parse(plan)).toEqual(plan)
  })

  it('keeps more free in production than in economy', () => {
    const economy = planShared(ORDERS, CLUSTER, ECONOMY).constraints
    const production = planShared(ORDERS, CLUSTER, PRODUCTION).constraints
    production.forEach((each, index) => {
      expect(each.share).toBeGreaterThan(economy[index]?.share ?? Infinity)
    })
  })

  it('is refused when others have taken the room, with the largest that still fits', () => {
    const others = Array.from({ length: 8 }, () => limitsFor(ORDERS))
    const full = { ...CLUSTER, taken: takenBy(others, 3) }
    const plan = planShared({ ...ORDERS, produceBytesPerSecond: 10e6 }, full, ECONOMY)
    expect(plan).toMatchObject({ kind: 'refused', binding: 'disk space' })
    if (plan.largest === undefined) throw new Error('Some room is left.')
    expect(plan.largest.retentionMs).toBe(ORDERS.retentionMs)
    expect(planShared(plan.largest, full, ECONOMY).kind).toBe('fits')
    expect(refusalOf(plan)).toMatchObject({
      code: 'workload-too-large',
      help: expect.stringMatching(/^Order at most .*MB\/s in/),
    })
  })

  it('is refused without an offer when nothing is left', () => {
    const full = { ...CLUSTER, taken: takenBy([limitsFor({ ...ORDERS, produceBytesPerSecond: 500e6 })], 3) }
    const plan = planShared(ORDERS, full, ECONOMY)
    expect(plan.largest).toBeUndefined()
    expect(refusalOf(plan).help).toMatch(/full/)
  })

  it('fits on a cluster that states no capacity, because nothing can be checked', () => {
    expect(planShared(ORDERS, { ...CLUSTER, capacity: undefined }, ECONOMY)).toMatchObject({ kind: 'fits', constraints: [] })
  })

  it('goes to the emptiest of the clusters that hold it, whatever their order', () => {
    const small = { ...CLUSTER, name: 'a-small', capacity: { ...CLUSTER.capacity, produceBytesPerSecond: 1e6 } as never }
    const busy = { ...CLUSTER, name: 'b-busy', taken: takenBy([limitsFor(ORDERS), limitsFor(ORDERS)], 3) }
    const order = (clusters: readonly SharedCluster[]) => rankShared(ORDERS, clusters, ECONOMY).map((plan) => plan.cluster)
    expect(order([small, busy, CLUSTER])).toEqual(['shared-1', 'b-busy', 'a-small'])
    expect(order([CLUSTER, busy, small])).toEqual(['shared-1', 'b-busy', 'a-small'])
  })

  it('is measured against the numbers of the cluster document', () => {
    const capacity = { produce: '50MB/s', consume: '150MB/s', partitions: 10, diskBytes: 20, connections: 30 }
    const spec = { bootstrapServers: ['a:1'], tls: { enabled: false }, engine: 'existing', capacity } as const
    expect(capacityOf({ ...spec, bootstrapServers: [...spec.bootstrapServers] })).toEqual({
      produceBytesPerSecond: 50e6,
      consumeBytesPerSecond: 150e6,
      partitions: 10,
      diskBytes: 20,
      connections: 30,
    })
  })
})

describe('whatever the workload', () => {
  const rate = fc.integer({ min: 1, max: 1_000_000_000 })
  const workloads: fc.Arbitrary<Workload> = fc.record({
    produceBytesPerSecond: rate,
    consumeBytesPerSecond: rate,
    retentionMs: fc.integer({ min: 1000, max: 30 * 86_400_000 }),
  })

  it('the largest that fits does fit, and asks for no more than was asked', () => {
    fc.assert(
      fc.property(workloads, fc.constantFrom(ECONOMY, PRODUCTION), (workload, profile) => {
        const { largest } = planShared(workload, CLUSTER, profile)
        if (largest === undefined) return
        expect(planShared(largest, CLUSTER, profile).kind).toBe('fits')
        expect(largest.produceBytesPerSecond).toBeLessThanOrEqual(workload.produceBytesPerSecond)
        expect(largest.consumeBytesPerSecond).toBeLessThanOrEqual(workload.consumeBytesPerSecond)
      }),
    )
  })

  it('tenants that each fit after the last never take more of the cluster than may be used', () => {
    fc.assert(
      fc.property(fc.array(workloads, { maxLength: 12 }), (wanted) => {
        const placed: Workload[] = []
        for (const workload of wanted) {
          const cluster = { ...CLUSTER, taken: takenBy(placed.map(limitsFor), 3) }
          if (planShared(workload, cluster, PRODUCTION).kind === 'fits') placed.push(workload)
        }
        const all = takenBy(placed.map(limitsFor), 3)
        expect(all.produceBytesPerSecond).toBeLessThanOrEqual(50e6)
        expect(all.diskBytes).toBeLessThanOrEqual(50e12)
      }),
    )
  })
})
