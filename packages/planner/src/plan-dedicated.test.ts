// SPDX-License-Identifier: Apache-2.0
/** Plans of own clusters: two published whole examples, properties that must hold for every workload, and refusals. */
import { dedicatedPlanSchema, type Workload } from '@kaas/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Catalogue, type Instance, MSK_US_EAST_1 } from './catalogue.ts'
import { planDedicated } from './plan-dedicated.ts'
import { ECONOMY, PRODUCTION, type Profile } from './profiles.ts'

const DAY_MS = 86_400_000

/** The machine of O1 and O2: 10 Gbit/s each way, 8 TB at 500 MB/s, 4000 replicas; other constraints out of the way. */
const O1_MACHINE: Instance = {
  name: 'o1',
  cores: 1000,
  memoryBytes: 1e13,
  networkBytesPerSecond: 1250e6,
  diskBytesPerSecond: 500e6,
  replicas: { recommended: 4000, most: 4000 },
  dollarsPerHour: 1,
}
const O1_CATALOGUE: Catalogue = {
  ...MSK_US_EAST_1,
  instances: [O1_MACHINE],
  zones: 1,
  volume: { ...MSK_US_EAST_1.volume, largestBytes: 8e12, fastestBytesPerSecond: 500e6 },
}
const O1_PROFILE: Profile = {
  ...ECONOMY,
  diskTarget: { value: 0.65, source: 'O1' },
  diskRateTarget: { value: 0.65, source: 'O1' },
  connectionsPerBroker: { value: 1e9, source: 'O1' },
}
const o1 = (produce: number, retentionMs: number): Workload => ({
  produceBytesPerSecond: produce,
  consumeBytesPerSecond: 2 * produce,
  retentionMs,
  partitions: 1000,
})

describe('a dedicated plan gives the published answers', () => {
  it('O1: 50 MB/s kept three days need 8 brokers, bound by disk space (38.88 TB) [R147]', () => {
    const plan = planDedicated(o1(50e6, 3 * DAY_MS), O1_CATALOGUE, O1_PROFILE)
    expect(plan).toMatchObject({ kind: 'fits', brokers: 8, binding: 'disk space' })
    expect(floorsOf(plan, 8)).toEqual({
      'network in': 0.15,
      'network out': 0.2,
      'disk throughput': 0.46,
      'disk space': 7.48,
      replication: 3,
      partitions: 0.75,
    })
    expect(plan.constraints.find((each) => each.name === 'disk space')?.demand).toBeCloseTo(38.88e12, -9)
  })

  it('O2: 500 MB/s kept one hour need 5 brokers, bound by disk throughput [R147]', () => {
    const plan = planDedicated(o1(500e6, DAY_MS / 24), O1_CATALOGUE, O1_PROFILE)
    expect(plan).toMatchObject({ kind: 'fits', brokers: 5, binding: 'disk throughput' })
    expect(floorsOf(plan, 5)).toMatchObject({ 'disk space': 1.04, 'disk throughput': 4.62 })
  })
})

describe('a dedicated plan holds for every workload', () => {
  const workloads = fc.record({
    produceBytesPerSecond: fc.integer({ min: 1000, max: 400_000_000 }),
    consumeBytesPerSecond: fc.integer({ min: 1000, max: 800_000_000 }),
    retentionMs: fc.integer({ min: 60_000, max: 7 * DAY_MS }),
  })
  const profiles = fc.constantFrom(ECONOMY, PRODUCTION)
  const machines = fc.constantFrom(...MSK_US_EAST_1.instances.filter((each) => each.memoryBytes >= 32 * 1024 ** 3))

  it('more to produce never yields fewer brokers of the same machine [R147]', () => {
    fc.assert(
      fc.property(
        workloads,
        profiles,
        machines,
        fc.integer({ min: 1, max: 100_000_000 }),
        (workload, profile, machine, more) => {
          const catalogue = { ...MSK_US_EAST_1, instances: [machine], mostBrokers: 1e9 }
          const larger = { ...workload, produceBytesPerSecond: workload.produceBytesPerSecond + more }
          expect(brokersOf(larger, catalogue, profile)).toBeGreaterThanOrEqual(brokersOf(workload, catalogue, profile))
        },
      ),
    )
  })

  it('more to produce never makes the cheapest cluster cheaper by more than the rounding of its disks', () => {
    fc.assert(
      fc.property(workloads, profiles, fc.integer({ min: 1, max: 100_000_000 }), (workload, profile, more) => {
        const larger = { ...workload, produceBytesPerSecond: workload.produceBytesPerSecond + more }
        const catalogue = { ...MSK_US_EAST_1, mostBrokers: 1e9 }
        expect(dollarsOf(larger, catalogue, profile) * 1.02).toBeGreaterThan(dollarsOf(workload, catalogue, profile))
      }),
    )
  })

  it('no constraint is above its share, and the brokers stand evenly in all zones', () => {
    fc.assert(
      fc.property(workloads, profiles, (workload, profile) => {
        const plan = planDedicated(workload, { ...MSK_US_EAST_1, mostBrokers: 1e9 }, profile)
        if (plan.kind !== 'fits') throw new Error('A cluster without a bound on brokers holds everything.')
        expect(plan.brokers % plan.zones).toBe(0)
        for (const each of plan.constraints) expect(each.share).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })

  it('with one zone away the brokers that are left hold the whole load', () => {
    fc.assert(
      fc.property(workloads, profiles, (workload, profile) => {
        const plan = planDedicated(workload, { ...MSK_US_EAST_1, mostBrokers: 1e9 }, profile)
        if (plan.kind !== 'fits') throw new Error('A cluster without a bound on brokers holds everything.')
        const machine = MSK_US_EAST_1.instances.find((each) => each.name === plan.broker.instance)
        if (machine === undefined) throw new Error('The plan names a machine of the catalogue.')
        const left = (plan.brokers * 2) / 3
        const { produceBytesPerSecond: produce, consumeBytesPerSecond: consume } = workload
        expect(consume + produce).toBeLessThanOrEqual(left * machine.networkBytesPerSecond)
        expect(produce * 2).toBeLessThanOrEqual(left * Math.min(machine.networkBytesPerSecond, machine.diskBytesPerSecond))
      }),
    )
  })

  it('ten times a large workload needs ten times the brokers, give or take one per zone', () => {
    const catalogue = { ...MSK_US_EAST_1, instances: MSK_US_EAST_1.instances.slice(2, 3), mostBrokers: 1e9 }
    fc.assert(
      fc.property(fc.integer({ min: 20_000_000, max: 200_000_000 }), profiles, (produce, profile) => {
        const of = (rate: number) => ({ produceBytesPerSecond: rate, consumeBytesPerSecond: 2 * rate, retentionMs: DAY_MS })
        const one = brokersOf(of(produce), catalogue, profile)
        const ten = brokersOf(of(10 * produce), catalogue, profile)
        expect(ten).toBeLessThanOrEqual(10 * one)
        expect(ten).toBeGreaterThanOrEqual(10 * (one - 3))
      }),
    )
  })

  it('the same input gives the same plan, and the plan fits its schema', () => {
    fc.assert(
      fc.property(workloads, profiles, (workload, profile) => {
        const plan = planDedicated(workload, MSK_US_EAST_1, profile)
        expect(planDedicated(workload, MSK_US_EAST_1, profile)).toEqual(plan)
        expect(dedicatedPlanSchema.parse(plan)).toEqual(plan)
      }),
    )
  })

  it('what no cluster can hold is refused with the largest that fits, and a little more does not fit', () => {
    const workload = { produceBytesPerSecond: 9e15, consumeBytesPerSecond: 9e15, retentionMs: DAY_MS }
    for (const profile of [ECONOMY, PRODUCTION]) {
      const plan = planDedicated(workload, MSK_US_EAST_1, profile)
      if (plan.kind !== 'refused' || plan.largest === undefined) throw new Error('Nobody has 9 PB/s.')
      expect(planDedicated(plan.largest, MSK_US_EAST_1, profile).kind).toBe('fits')
      const more = {
        ...plan.largest,
        produceBytesPerSecond: plan.largest.produceBytesPerSecond * 1.02,
        consumeBytesPerSecond: plan.largest.consumeBytesPerSecond * 1.02,
      }
      expect(planDedicated(more, MSK_US_EAST_1, profile).kind).toBe('refused')
    }
  })
})

describe('a plan shows where its sources disagree', () => {
  it('economy follows equation 1 and shows the MSK script beside it; production the other way round', () => {
    const workload = { produceBytesPerSecond: 50e6, consumeBytesPerSecond: 100e6, retentionMs: DAY_MS }
    const opinion = (profile: Profile) => {
      const catalogue = { ...MSK_US_EAST_1, instances: MSK_US_EAST_1.instances.filter((each) => each.name === 'm5.2xlarge') }
      const plan = planDedicated(workload, catalogue, profile)
      if (plan.kind !== 'fits') throw new Error('Three m5.2xlarge hold 50 MB/s.')
      return plan.secondOpinions.find((each) => each.about === 'produce rate of one broker')
    }
    const economy = opinion(ECONOMY)
    expect((economy?.followed.value ?? 0) / 1024 ** 2).toBeCloseTo(64, 1)
    expect((economy?.other.value ?? 0) / 1024 ** 2).toBeCloseTo(18.4, 1)
    expect(opinion(PRODUCTION)).toMatchObject({ followed: economy?.other, other: economy?.followed })
  })
})

function floorsOf(plan: ReturnType<typeof planDedicated>, brokers: number) {
  const names = ['network in', 'network out', 'disk throughput', 'disk space', 'replication', 'partitions']
  const rows = plan.constraints.filter((each) => names.includes(each.name))
  return Object.fromEntries(rows.map((each) => [each.name, Math.round(each.share * brokers * 100) / 100]))
}

function brokersOf(workload: Workload, catalogue: Catalogue, profile: Profile): number {
  const plan = planDedicated(workload, catalogue, profile)
  return plan.kind === 'fits' ? plan.brokers : Infinity
}

function dollarsOf(workload: Workload, catalogue: Catalogue, profile: Profile): number {
  const plan = planDedicated(workload, catalogue, profile)
  return plan.kind === 'fits' ? plan.cost.total : Infinity
}
