// SPDX-License-Identifier: Apache-2.0
/** Changed orders: a table of what follows from what, and properties that hold for every pair of plans. */
import { type DedicatedPlan, planChangeSchema, type Workload } from '@kaas/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Catalogue, MSK_US_EAST_1 } from './catalogue.ts'
import { changeOfPlan, planKeeping, planOfOrder } from './plan-change.ts'
import { planDedicated } from './plan-dedicated.ts'
import { moveRateOf } from './plan-steps.ts'
import { ECONOMY, PRODUCTION } from './profiles.ts'

const GIB = 1024 ** 3
const DAY_MS = 86_400_000

/** One machine, so that a larger order means more brokers and not others. */
const ONE_MACHINE = { ...MSK_US_EAST_1, instances: MSK_US_EAST_1.instances.filter(({ name }) => name === 'm7g.2xlarge') }

const planFor = (produceMB: number, days = 1, zones = 3, catalogue: Catalogue = ONE_MACHINE) =>
  fitting(
    planDedicated(
      { produceBytesPerSecond: produceMB * 1e6, consumeBytesPerSecond: 2e6 * produceMB, retentionMs: days * DAY_MS },
      { ...catalogue, zones },
      PRODUCTION,
    ),
  )

function fitting(plan: DedicatedPlan) {
  if (plan.kind !== 'fits') throw new Error('A small workload fits.')
  return plan
}

describe('a changed order says before it is made', () => {
  it('what a new cluster gets and costs, and that nothing restarts', () => {
    const after = planFor(20)
    const change = changeOfPlan(undefined, after)
    expect(change).toMatchObject({ kind: 'create', rolls: 'nothing', restarts: 0, refusals: [] })
    expect(change.cost).toEqual({ before: 0, after: after.cost.total, difference: after.cost.total })
    expect(change.differences).toContainEqual({ field: 'brokers', unit: 'count', after: after.brokers })
  })

  it('that a larger order is never refused for its disks, also where it comes to more and smaller brokers', () => {
    const order = fc.record({ produceMB: fc.integer({ min: 1, max: 100 }), days: fc.integer({ min: 1, max: 4 }) })
    const more = fc.record({ produceMB: fc.integer({ min: 0, max: 100 }), days: fc.integer({ min: 0, max: 3 }) })
    fc.assert(
      fc.property(order, more, (had, added) => {
        const before = planFor(had.produceMB, had.days, 3, MSK_US_EAST_1)
        const after = planFor(had.produceMB + added.produceMB, had.days + added.days, 3, MSK_US_EAST_1)
        expect(changeOfPlan(before, planOfOrder(before, after)).refusals).toEqual([])
      }),
    )
    const [before, after] = [planFor(60, 1, 3, MSK_US_EAST_1), planFor(70, 1, 3, MSK_US_EAST_1)]
    expect(after.broker.diskBytes).toBeLessThan(before.broker.diskBytes)
  })

  it('that an order for less storage is refused: its disks would have to shrink', () => {
    const [before, after] = [planFor(20, 7), planFor(20, 1)]
    expect(changeOfPlan(before, planOfOrder(before, after)).refusals).toMatchObject([{ code: 'disk-shrink' }])
  })

  it('nothing, when nothing differs', () => {
    expect(changeOfPlan(planFor(20), planFor(20))).toMatchObject({ kind: 'same', differences: [], steps: [], seconds: 0 })
  })

  it('that brokers come, that all others restart for their quota, how long the data moves and what it costs more', () => {
    const [before, after] = [planFor(20), planFor(60)]
    expect([before.brokers, after.brokers]).toEqual([3, 6])
    const change = changeOfPlan(before, planKeeping(before, after))
    expect(change).toMatchObject({ kind: 'change', rolls: 'brokers', restarts: 3 })
    expect(change.steps.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['restart', 'add-brokers', 'rebalance']))
    const moved = change.steps.find(({ kind }) => kind === 'rebalance')
    expect(moved?.seconds).toBe(Math.ceil((before.limits.storageBytes * 3) / 6 / moveRateOf(after)))
    expect(change.seconds).toBe(change.steps.reduce((sum, { seconds }) => sum + seconds, 0))
    expect(change.cost?.difference).toBeCloseTo((change.cost?.after ?? 0) - (change.cost?.before ?? 0), 2)
    expect(change.warnings.join()).toMatch(/Cruise Control/)
  })

  it('that brokers are drained before they go', () => {
    const [before, after] = [planFor(60), planFor(20)]
    const change = changeOfPlan(before, planKeeping(before, after))
    expect(change.steps.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['drain', 'remove-brokers']))
    expect(change.warnings.join()).toMatch(/drained/)
  })

  it('that a longer retention grows disks and restarts nobody', () => {
    const [before, after] = [planFor(20, 1), planFor(20, 2)]
    expect(changeOfPlan(before, after)).toMatchObject({ rolls: 'nothing', restarts: 0, steps: [{ kind: 'grow-disks' }] })
  })

  it('that another machine costs a move for every broker', () => {
    const larger = MSK_US_EAST_1.instances.filter(({ name }) => name === 'm7g.4xlarge')
    const [before, after] = [planFor(20), planFor(20, 1, 3, { ...MSK_US_EAST_1, instances: larger })]
    const change = changeOfPlan(before, planKeeping(before, after))
    expect(change.steps).toContainEqual(expect.objectContaining({ kind: 'restart', brokers: 3, seconds: 3 * 420 }))
    expect(change.differences).toContainEqual({
      field: 'instance',
      unit: 'name',
      before: 'm7g.2xlarge',
      after: 'm7g.4xlarge',
    })
  })
})

describe('a changed order is refused with what to do', () => {
  it('when its disks would be smaller, with both sizes; the disks can be kept instead', () => {
    const [before, after] = [planFor(20, 2), planFor(20, 1)]
    const sizes = [before, after].map(({ broker }) => `${broker.diskBytes / GIB}GiB`)
    const change = changeOfPlan(before, after)
    expect(change).toMatchObject({ kind: 'refused', rolls: 'nothing', steps: [] })
    expect(change.refusals).toEqual([
      { code: 'disk-shrink', message: expect.stringMatching(new RegExp(sizes.join('.*'))), help: expect.any(String) },
    ])
    const kept = fitting(planKeeping(before, after))
    expect(kept.broker.diskBytes).toBe(before.broker.diskBytes)
    expect(kept.cost.disks).toBeCloseTo(before.cost.disks, 0)
    expect(changeOfPlan(before, kept).kind).toBe('change')
  })

  it('when zones would go, whose volumes cannot move', () => {
    const change = changeOfPlan(planFor(20, 1, 3), planFor(20, 1, 1))
    expect(change.refusals.map(({ code }) => code)).toContain('field-immutable')
  })

  it('when no cluster holds it', () => {
    const huge = { produceBytesPerSecond: 9e15, consumeBytesPerSecond: 9e15, retentionMs: DAY_MS }
    const change = changeOfPlan(planFor(20), planDedicated(huge, MSK_US_EAST_1, PRODUCTION))
    expect(change).toMatchObject({ kind: 'refused', refusals: [{ code: 'workload-too-large' }] })
    expect(change.cost).toBeUndefined()
  })
})

describe('where one volume cannot be large enough', () => {
  const TiB = 1024 * GIB
  const small = { ...ONE_MACHINE, volume: { ...ONE_MACHINE.volume, largestBytes: 2 * TiB, mostPerBroker: 4 } }
  const planOn = (days: number) => planFor(20, days, 3, { ...small, mostBrokers: 3 })

  it('a broker gets a second volume of the same size, the first stays, and all brokers restart once for it', () => {
    const [before, after] = [planOn(1), planOn(2)]
    expect(before.broker).toMatchObject({ volumes: 2, diskBytes: 4 * TiB })
    expect(after.broker).toMatchObject({ volumes: 4, diskBytes: 8 * TiB })
    const change = changeOfPlan(before, after)
    expect(change).toMatchObject({ kind: 'change', restarts: 3 })
    expect(change.differences).toContainEqual({ field: 'volumes', unit: 'count', before: 2, after: 4 })
  })

  it('a smaller order keeps all volumes at their size', () => {
    const [before, after] = [planOn(2), planOn(1)]
    expect(changeOfPlan(before, after).refusals[0]?.message).toContain('4 × 2048GiB')
    expect(fitting(planKeeping(before, after)).broker).toMatchObject({ volumes: 4, diskBytes: 8 * TiB })
  })

  it('records that go to object storage after a while need disks for that while only', () => {
    const workload = { produceBytesPerSecond: 20e6, consumeBytesPerSecond: 40e6, retentionMs: 7 * DAY_MS }
    const all = fitting(planDedicated(workload, ONE_MACHINE, PRODUCTION))
    const tiered = fitting(planDedicated({ ...workload, localRetentionMs: DAY_MS / 2 }, ONE_MACHINE, PRODUCTION))
    const space = (plan: typeof all) => plan.constraints.find(({ name }) => name === 'disk space')?.demand ?? 0
    expect(space(all) / space(tiered)).toBeCloseTo(14, 6)
    expect(tiered.limits).toMatchObject({ localRetentionMs: DAY_MS / 2, storageBytes: all.limits.storageBytes })
    const network = (plan: typeof all) => plan.constraints.find(({ name }) => name === 'network')?.demand ?? 0
    expect(network(tiered)).toBeGreaterThan(network(all))
  })
})

describe('whatever was ordered before and after', () => {
  const workloads: fc.Arbitrary<Workload> = fc.record({
    produceBytesPerSecond: fc.integer({ min: 1000, max: 400_000_000 }),
    consumeBytesPerSecond: fc.integer({ min: 1000, max: 800_000_000 }),
    retentionMs: fc.integer({ min: 60_000, max: 7 * DAY_MS }),
  })
  const plans = fc
    .record({
      workload: workloads,
      profile: fc.constantFrom(ECONOMY, PRODUCTION),
      zones: fc.constantFrom(1, 3),
      largestGiB: fc.constantFrom(500, 16_384),
    })
    .map(({ workload, profile, zones, largestGiB }) => {
      const volume = { ...MSK_US_EAST_1.volume, largestBytes: largestGiB * GIB, mostPerBroker: 8 }
      return planDedicated(workload, { ...MSK_US_EAST_1, zones, volume, mostBrokers: 1e9 }, profile)
    })

  it('a kept plan never has a smaller disk than what runs, and is never refused for one', () => {
    fc.assert(
      fc.property(plans, plans, (before, after) => {
        const kept = planKeeping(before, after)
        const volume = (plan: DedicatedPlan) => fitting(plan).broker.diskBytes / fitting(plan).broker.volumes
        expect(volume(kept)).toBeGreaterThanOrEqual(volume(before))
        expect(fitting(kept).broker.volumes).toBeGreaterThanOrEqual(fitting(before).broker.volumes)
        expect(fitting(kept).broker.diskBytes).toBeGreaterThanOrEqual(fitting(after).broker.diskBytes)
        expect(changeOfPlan(before, kept).refusals.map(({ code }) => code)).not.toContain('disk-shrink')
        expect(planKeeping(before, kept)).toEqual(kept)
      }),
    )
  })

  it('the answer fits its schema, and only a refused change has no steps beside differences', () => {
    fc.assert(
      fc.property(fc.option(plans, { nil: undefined }), plans, (before, after) => {
        const change = changeOfPlan(before, after)
        expect(planChangeSchema.parse(change)).toEqual(change)
        if (change.kind === 'same') expect(change.steps).toEqual([])
        if (change.kind === 'refused') expect(change.restarts + change.seconds).toBe(0)
        for (const { seconds, brokers } of change.steps) {
          expect(seconds).toBeGreaterThanOrEqual(0)
          expect(brokers).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('there and back costs what it cost before, but for the disks that are kept', () => {
    fc.assert(
      fc.property(plans, plans, (before, after) => {
        const there = fitting(planKeeping(before, after))
        const back = fitting(planKeeping(there, before))
        expect({ ...back.cost, disks: 0, total: 0 }).toEqual({ ...fitting(before).cost, disks: 0, total: 0 })
        expect(back.cost.disks).toBeGreaterThanOrEqual(fitting(before).cost.disks)
      }),
    )
  })
})
