// SPDX-License-Identifier: Apache-2.0
/**
 * An own cluster for a workload: for every machine of the catalogue the brokers that all constraints need, then the cheapest
 * of them. The same input gives the same plan.
 */
import type { BrokerPlan, DedicatedPlan, PlanLimits, Workload } from '@kaas/domain'
import { type Candidate, candidatesFor, sharesAt } from './candidates.ts'
import type { Catalogue } from './catalogue.ts'
import { roundedDown } from './constraint.ts'
import { costOf } from './cost.ts'
import { brokerConstraints, diskRateOf } from './dedicated-constraints.ts'
import { networkInFor } from './formulas.ts'
import { limitsFor } from './limits.ts'
import type { Profile } from './profiles.ts'
import { secondOpinions } from './second-opinions.ts'

const GIB = 1024 ** 3
const MIB = 1024 ** 2

/** Brokers, machine, memory, disks and cost for `workload`, or the largest workload that the catalogue can hold. */
export function planDedicated(workload: Workload, catalogue: Catalogue, profile: Profile): DedicatedPlan {
  const limits = limitsFor(workload)
  const candidates = candidatesFor(limits, catalogue, profile)
  const possible = candidates.filter((each) => each.brokers <= catalogue.mostBrokers)
  const priced = possible.map((each) => pricedAs(each, limits, catalogue, profile))
  const best = priced.toSorted((a, b) => a.cost.total - b.cost.total || a.candidate.brokers - b.candidate.brokers)[0]
  if (best === undefined) return refused(workload, candidates, catalogue, profile)
  const { candidate, broker, cost } = best
  const zones = catalogue.zones
  return {
    kind: 'fits',
    profile: profile.name,
    limits,
    brokers: candidate.brokers,
    controllers: 3,
    zones,
    replicationFactor: catalogue.replicationFactor,
    minInSyncReplicas: Math.max(1, catalogue.replicationFactor - 1),
    broker,
    constraints: [...candidate.constraints],
    binding: candidate.binding.name,
    secondOpinions: [...secondOpinions(candidate, { limits, instance: candidate.instance, catalogue, profile })],
    cost,
  }
}

function pricedAs(candidate: Candidate, limits: PlanLimits, catalogue: Catalogue, profile: Profile) {
  const broker = brokerFor(candidate, limits, catalogue, profile)
  return { candidate, broker, cost: costOf(candidate.brokers, candidate.instance, broker, limits, catalogue) }
}

function brokerFor(
  { instance, brokers, constraints }: Candidate,
  limits: PlanLimits,
  catalogue: Catalogue,
  profile: Profile,
): BrokerPlan {
  const written = networkInFor(limits.produceBytesPerSecond, catalogue.replicationFactor)
  const diskRate = constraints.find((each) => each.name === 'disk throughput')
  const diskSpace = constraints.find((each) => each.name === 'disk space')
  const gibibytes = Math.max(1, Math.ceil((diskSpace?.demand ?? 0) / profile.diskTarget.value / brokers / GIB))
  const needed = Math.ceil((diskRate?.demand ?? 0) / profile.diskRateTarget.value / brokers / MIB) * MIB
  return {
    instance: instance.name,
    cores: instance.cores,
    memoryBytes: instance.memoryBytes,
    heapBytes: profile.heapBytes.value,
    pageCacheBytes: Math.ceil((written * profile.pageCacheSeconds.value) / brokers),
    ...disksOf(gibibytes * GIB, catalogue),
    diskBytesPerSecond: Math.min(diskRateOf(instance, catalogue), Math.max(needed, catalogue.volume.includedBytesPerSecond)),
  }
}

/**
 * More than one volume is a number of the largest: Kafka spreads replicas over volumes by their number and not by their size,
 * so a small one would be full first; and a volume that was there before never has to shrink.
 */
function disksOf(bytes: number, { volume }: Catalogue): Pick<BrokerPlan, 'diskBytes' | 'volumes'> {
  const volumes = Math.min(volume.mostPerBroker, Math.ceil(bytes / volume.largestBytes))
  return { diskBytes: volumes === 1 ? bytes : volumes * volume.largestBytes, volumes }
}

/** Of the machine that comes closest, at the largest cluster; the largest workload keeps fan-out and retention. */
function refused(
  workload: Workload,
  candidates: readonly Candidate[],
  catalogue: Catalogue,
  profile: Profile,
): DedicatedPlan {
  const closest = candidates.toSorted((a, b) => a.brokers - b.brokers)[0]
  if (closest === undefined) throw new RangeError('The catalogue has no machine with enough memory for this profile.')
  const limits = limitsFor(workload)
  const rows = brokerConstraints({ limits, instance: closest.instance, catalogue, profile })
  const { constraints, binding } = sharesAt(rows, catalogue.mostBrokers)
  const largest = largestThatFits(workload, catalogue, profile)
  return {
    kind: 'refused',
    profile: profile.name,
    limits,
    constraints: [...constraints],
    binding: binding.name,
    ...(largest === undefined ? {} : { largest }),
  }
}

/** Halves the interval until the factor is known to four digits; limits that the user did not state follow the rate. */
function largestThatFits(workload: Workload, catalogue: Catalogue, profile: Profile): Workload | undefined {
  const fits = (scale: number) =>
    candidatesFor(limitsFor(scaled(workload, scale)), catalogue, profile).some(
      (each) => each.brokers <= catalogue.mostBrokers,
    )
  let low = 0
  let high = 1
  for (let step = 0; step < 60 && high - low > low * 1e-4; step++) {
    const middle = (low + high) / 2
    if (fits(middle)) low = middle
    else high = middle
  }
  const largest = scaled(workload, low)
  return largest.produceBytesPerSecond < 1 || largest.consumeBytesPerSecond < 1 ? undefined : largest
}

function scaled(workload: Workload, scale: number): Workload {
  return {
    ...workload,
    produceBytesPerSecond: roundedDown(workload.produceBytesPerSecond * scale),
    consumeBytesPerSecond: roundedDown(workload.consumeBytesPerSecond * scale),
  }
}
