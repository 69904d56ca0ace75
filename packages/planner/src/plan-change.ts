// SPDX-License-Identifier: Apache-2.0
/**
 * From one plan of a dedicated cluster to the next: what differs, what happens, what it costs and what is refused. It says what
 * would be done; how long each step takes is in `plan-steps.ts`. Decision 0018 says why disks are kept.
 */
import type { BrokerPlan, DedicatedPlan, PlanChange, PlanRefusal } from '@kaas/domain'
import type { FittingPlan } from './manifests/manifest.ts'
import { differencesOf } from './plan-differences.ts'
import { restartsOf, stepsOf } from './plan-steps.ts'

const GIB = 1024 ** 3

/**
 * What `after` changes where `before` runs; without `before`, or when it held nothing, a cluster is created. A plan with
 * smaller disks is refused: ask for `planOfOrder(before, after)` first.
 */
export function changeOfPlan(before: DedicatedPlan | undefined, after: DedicatedPlan): PlanChange {
  const running = before?.kind === 'fits' ? before : undefined
  if (after.kind === 'refused') return { ...NOTHING, kind: 'refused', refusals: [tooLarge(after)] }
  const differences = [...differencesOf(running, after)]
  const refusals = running === undefined ? [] : refusalsOf(running, after)
  const cost = costChange(running, after)
  if (refusals.length > 0) return { ...NOTHING, kind: 'refused', differences, cost, refusals }
  if (running === undefined) return { ...NOTHING, kind: 'create', differences, cost }
  const steps = [...stepsOf(running, after)]
  const restarts = restartsOf(running, after)
  return {
    kind: differences.length === 0 ? 'same' : 'change',
    differences,
    rolls: restarts === 0 ? 'nothing' : 'brokers',
    restarts,
    steps,
    seconds: steps.reduce((sum, step) => sum + step.seconds, 0),
    cost,
    refusals: [],
    warnings: warningsOf(running, after),
  }
}

/**
 * `after` with the disks of `before` where those are larger, and what they cost: volumes in Kubernetes grow only. All else is
 * as planned; a refused plan stays as it is.
 */
export function planKeeping(before: DedicatedPlan | undefined, after: DedicatedPlan): DedicatedPlan {
  if (before?.kind !== 'fits' || after.kind !== 'fits') return after
  const volumes = Math.max(before.broker.volumes, after.broker.volumes)
  const needed = Math.ceil(after.broker.diskBytes / volumes / GIB) * GIB
  const diskBytes = volumes * Math.max(before.broker.diskBytes / before.broker.volumes, needed)
  if (diskBytes === after.broker.diskBytes && volumes === after.broker.volumes) return after
  const disks = cents((after.cost.disks * diskBytes) / after.broker.diskBytes)
  const total = cents(after.cost.total - after.cost.disks + disks)
  return { ...after, broker: { ...after.broker, diskBytes, volumes }, cost: { ...after.cost, disks, total } }
}

/**
 * The plan of an order where `before` runs. Planned anew, a larger order may come to more brokers with smaller disks: it keeps the disks
 * that are there. An order that asks for less storage stays as planned, and `changeOfPlan` refuses it.
 */
export function planOfOrder(before: DedicatedPlan | undefined, after: DedicatedPlan): DedicatedPlan {
  const asksForLess = before?.kind === 'fits' && after.limits.storageBytes < before.limits.storageBytes
  return asksForLess ? after : planKeeping(before, after)
}

const NOTHING = {
  differences: [],
  rolls: 'nothing',
  restarts: 0,
  steps: [],
  seconds: 0,
  refusals: [],
  warnings: [],
} satisfies Partial<PlanChange>

function tooLarge(plan: Extract<DedicatedPlan, { kind: 'refused' }>): PlanRefusal {
  return {
    code: 'workload-too-large',
    message: `No own cluster holds this workload; ${plan.binding} binds.`,
    help: 'Ask for less, or plan with a catalogue of larger machines.',
  }
}

function refusalsOf(before: FittingPlan, after: FittingPlan): PlanRefusal[] {
  const [had, wants] = [before.broker, after.broker]
  // Exact and not as people round: 1.23TiB and 1.23TiB would say nothing.
  const exact = ({ volumes, diskBytes }: BrokerPlan) =>
    `${volumes === 1 ? '' : `${volumes} × `}${diskBytes / volumes / GIB}GiB`
  const smaller = wants.volumes < had.volumes || wants.diskBytes / wants.volumes < had.diskBytes / had.volumes
  const shrinks: PlanRefusal = {
    code: 'disk-shrink',
    message: `A broker has a disk of ${exact(had)} and would get ${exact(wants)}; volumes only grow.`,
    help: 'Keep the larger disks, or move the tenant to a new cluster of the smaller size.',
  }
  const fewerZones: PlanRefusal = {
    code: 'field-immutable',
    message: `The cluster lies in ${before.zones} zones and would lie in ${after.zones}; its volumes are bound to their zones.`,
    help: 'Keep the zones, or move the tenant to a new cluster.',
  }
  return [...(smaller ? [shrinks] : []), ...(after.zones < before.zones ? [fewerZones] : [])]
}

function warningsOf(before: FittingPlan, after: FittingPlan): string[] {
  const newZones = after.zones > before.zones
  return [
    ...(after.brokers > before.brokers && !newZones
      ? ['New brokers are empty until Cruise Control has moved partitions to them; that reads from the brokers that run.']
      : []),
    ...(newZones
      ? ['A new zone is a new pool. Nothing moves there by itself: ask for a rebalance when its brokers run.']
      : []),
    ...(after.brokers < before.brokers
      ? ['Brokers are drained by Cruise Control before they go. Their volumes stay until the data is given up.']
      : []),
    ...(after.limits.retentionMs < before.limits.retentionMs
      ? ['Records older than the new retention are deleted within minutes and cannot be had back.']
      : []),
    ...(after.limits.partitions < before.limits.partitions
      ? ['Topics that are there stay, even if they have more partitions than the new limit.']
      : []),
  ]
}

function costChange(before: FittingPlan | undefined, after: FittingPlan) {
  const was = before?.cost.total ?? 0
  return { before: was, after: after.cost.total, difference: cents(after.cost.total - was) }
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100
}
