// SPDX-License-Identifier: Apache-2.0
/**
 * A place for a workload on a shared cluster: every constraint against what the cluster states and what others hold already.
 * Choosing among clusters is here as well; measuring them is not.
 */

import {
  type KafkaClusterSpec,
  type PlanLimits,
  parseRate,
  renderWorkload,
  type SharedPlan,
  type Workload,
} from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { bindingOf, constraintOf, roundedDown } from './constraint.ts'
import { diskBytesFor } from './formulas.ts'
import { limitsFor, quotaPerBroker, virtualLimitsFor } from './limits.ts'
import type { Profile, Sourced } from './profiles.ts'

/** Rates, partitions before replication, bytes on all disks with replication, client connections. */
export interface Amounts {
  readonly produceBytesPerSecond: number
  readonly consumeBytesPerSecond: number
  readonly partitions: number
  readonly diskBytes: number
  readonly connections: number
}

/** A shared cluster as the planner sees it. Without `capacity` nothing can be checked and everything fits. */
export interface SharedCluster {
  readonly name: string
  readonly brokers: number
  readonly replicationFactor: number
  readonly capacity: Amounts | undefined
  /** The sum over the tenants that live there, see `takenBy`. */
  readonly taken: Amounts
}

/** Whether `workload` fits on `cluster`, each constraint, the binding one, and when it does not fit the largest that does. */
export function planShared(workload: Workload, cluster: SharedCluster, profile: Profile): SharedPlan {
  const limits = virtualLimitsFor(workload)
  const constraints = constraintsFor(limits, cluster, profile)
  const binding = bindingOf(constraints)
  const fits = binding === undefined || binding.share <= 1
  const largest = fits ? undefined : largestThatFits(workload, cluster, profile)
  return {
    kind: fits ? 'fits' : 'refused',
    cluster: cluster.name,
    profile: profile.name,
    limits,
    quotaPerBroker: quotaPerBroker(limits, cluster.brokers),
    constraints,
    ...(binding === undefined ? {} : { binding: binding.name }),
    ...(largest === undefined ? {} : { largest }),
  }
}

/** A plan per cluster: those that fit first, then the emptier first, then by name. The first is where a tenant goes. */
export function rankShared(workload: Workload, clusters: readonly SharedCluster[], profile: Profile): readonly SharedPlan[] {
  const plans = clusters.map((cluster) => planShared(workload, cluster, profile))
  return plans.sort(
    (a, b) =>
      Number(a.kind === 'refused') - Number(b.kind === 'refused') ||
      highestShare(a) - highestShare(b) ||
      (a.cluster < b.cluster ? -1 : 1),
  )
}

/** The refusal of a plan that does not fit: names the constraint that binds and the largest workload that fits. */
export function refusalOf(plan: SharedPlan): KaasError {
  const binding = plan.constraints.find((each) => each.name === plan.binding)
  const why =
    binding === undefined ? '' : ` Its ${binding.name} would be at ${Math.ceil(binding.share * 100)} % of what may be used.`
  return new KaasError('workload-too-large', {
    message: `The cluster "${plan.cluster}" cannot hold this workload.${why}`,
    help:
      plan.largest === undefined
        ? 'The cluster is full: name another one, or ask its operator for more room.'
        : `Order at most ${renderWorkload(plan.largest)}; or keep it for less time, or ask the operator for more room.`,
  })
}

/** What tenants with these limits hold of a cluster together. */
export function takenBy(limits: readonly PlanLimits[], replicationFactor: number): Amounts {
  return limits.map((each) => amountsOf(each, replicationFactor)).reduce(added, NOTHING)
}

/** The capacity that a KafkaCluster's document states, as numbers; undefined when it states none. */
export function capacityOf(spec: KafkaClusterSpec): Amounts | undefined {
  if (spec.capacity === undefined) return undefined
  const { produce, consume, ...counts } = spec.capacity
  return { produceBytesPerSecond: parseRate(produce), consumeBytesPerSecond: parseRate(consume), ...counts }
}

const NOTHING: Amounts = { produceBytesPerSecond: 0, consumeBytesPerSecond: 0, partitions: 0, diskBytes: 0, connections: 0 }

function added(a: Amounts, b: Amounts): Amounts {
  return {
    produceBytesPerSecond: a.produceBytesPerSecond + b.produceBytesPerSecond,
    consumeBytesPerSecond: a.consumeBytesPerSecond + b.consumeBytesPerSecond,
    partitions: a.partitions + b.partitions,
    diskBytes: a.diskBytes + b.diskBytes,
    connections: a.connections + b.connections,
  }
}

function amountsOf(limits: PlanLimits, replicationFactor: number): Amounts {
  return {
    produceBytesPerSecond: limits.produceBytesPerSecond,
    consumeBytesPerSecond: limits.consumeBytesPerSecond,
    partitions: limits.partitions,
    diskBytes: diskBytesFor(limits.produceBytesPerSecond, limits.retentionMs / 1000, replicationFactor),
    connections: limits.connections,
  }
}

function constraintsFor(limits: PlanLimits, cluster: SharedCluster, profile: Profile) {
  const { capacity, taken } = cluster
  if (capacity === undefined) return []
  const demand = amountsOf(limits, cluster.replicationFactor)
  return AMOUNT_NAMES.map(({ key, name, unit, target }) => {
    const { value, source } = target(profile)
    return constraintOf({
      name,
      unit,
      demand: demand[key],
      taken: taken[key],
      capacity: capacity[key],
      target: value,
      source,
    })
  })
}

const AMOUNT_NAMES: readonly {
  readonly key: keyof Amounts
  readonly name: string
  readonly unit: 'bytesPerSecond' | 'bytes' | 'partitions' | 'connections'
  readonly target: (profile: Profile) => Sourced
}[] = [
  { key: 'produceBytesPerSecond', name: 'produce rate', unit: 'bytesPerSecond', target: (profile) => profile.shared.rate },
  { key: 'consumeBytesPerSecond', name: 'consume rate', unit: 'bytesPerSecond', target: (profile) => profile.shared.rate },
  { key: 'diskBytes', name: 'disk space', unit: 'bytes', target: (profile) => profile.shared.disk },
  { key: 'partitions', name: 'partitions', unit: 'partitions', target: (profile) => profile.shared.partitions },
  { key: 'connections', name: 'connections', unit: 'connections', target: (profile) => profile.shared.connections },
]

/**
 * Rates are cut together, so that fan-out and retention stay what the user said. Limits follow the rate as ever, unless the
 * user stated them or what is free is less: then they are cut and stated.
 */
function largestThatFits(workload: Workload, cluster: SharedCluster, profile: Profile): Workload | undefined {
  const constraints = constraintsFor(limitsFor(workload), cluster, profile)
  const room = (name: string) => constraints.find((each) => each.name === name)?.headroom ?? 1
  const scale = Math.min(1, room('produce rate'), room('consume rate'), room('disk space'))
  const smaller = {
    ...workload,
    produceBytesPerSecond: roundedDown(workload.produceBytesPerSecond * scale),
    consumeBytesPerSecond: roundedDown(workload.consumeBytesPerSecond * scale),
  }
  if (smaller.produceBytesPerSecond < 1 || smaller.consumeBytesPerSecond < 1) return undefined
  const limits = limitsFor(smaller)
  const partitions = freeOf(cluster, profile, limits, 'partitions')
  const connections = freeOf(cluster, profile, limits, 'connections')
  if (partitions < 1 || connections < 1) return undefined
  return {
    ...smaller,
    ...(limits.partitions > partitions ? { partitions } : {}),
    ...(limits.connections > connections ? { connections } : {}),
  }
}

function freeOf(cluster: SharedCluster, profile: Profile, limits: PlanLimits, name: 'partitions' | 'connections'): number {
  const found = constraintsFor(limits, cluster, profile).find((each) => each.name === name)
  return found === undefined ? Number.POSITIVE_INFINITY : Math.floor(found.demand * found.headroom)
}

function highestShare(plan: SharedPlan): number {
  return Math.max(0, ...plan.constraints.map((each) => each.share))
}
