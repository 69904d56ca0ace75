// SPDX-License-Identifier: Apache-2.0
/** What an own cluster costs a month by the catalogue's prices: machines, disks, their throughput, traffic between zones. */
import type { BrokerPlan, Cost, PlanLimits } from '@kaas/domain'
import type { Catalogue, Instance } from './catalogue.ts'
import { zoneTrafficGiBPerMonth } from './formulas.ts'

const GIB = 1024 ** 3
const MIB = 1024 ** 2
const HOURS_PER_MONTH = 730

/** The cost in dollars with cents. Readers are taken to fetch from the leader, in whichever zone it is. */
export function costOf(
  brokers: number,
  instance: Instance,
  broker: BrokerPlan,
  limits: PlanLimits,
  catalogue: Catalogue,
): Cost {
  const { volume } = catalogue
  const faster = Math.max(0, broker.diskBytesPerSecond - volume.includedBytesPerSecond) / MIB
  const parts = {
    instances: cents(brokers * instance.dollarsPerHour * HOURS_PER_MONTH),
    disks: cents(brokers * (broker.diskBytes / GIB) * volume.dollarsPerGiBMonth),
    diskThroughput: cents(brokers * faster * volume.dollarsPerMiBpsMonth),
    zoneTraffic: zoneTrafficCost(limits, catalogue, false),
  }
  const total = cents(parts.instances + parts.disks + parts.diskThroughput + parts.zoneTraffic)
  return { ...parts, total, priceList: catalogue.name }
}

/** Dollars a month for traffic between zones (F19). */
export function zoneTrafficCost(limits: PlanLimits, catalogue: Catalogue, followerFetch: boolean): number {
  const traffic = zoneTrafficGiBPerMonth(limits.produceBytesPerSecond / MIB, {
    fanOut: limits.consumeBytesPerSecond / limits.produceBytesPerSecond,
    zones: catalogue.zones,
    replicationFactor: catalogue.replicationFactor,
    followerFetch,
    replicationBilled: catalogue.zoneTraffic.replicationBilled,
  })
  return cents(traffic * catalogue.zoneTraffic.dollarsPerGiB)
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100
}
