// SPDX-License-Identifier: Apache-2.0
/**
 * The constraints of an own cluster, each as what the whole cluster must do and what one broker can: from these follow the
 * number of brokers and, once it is known, every share. No choice is made here.
 */
import type { PlanLimits } from '@kaas/domain'
import type { Catalogue, Instance } from './catalogue.ts'
import type { ConstraintRow } from './constraint.ts'
import {
  diskBytesFor,
  googleBusyCores,
  MSK_SCRIPT,
  netflixBusyCores,
  networkInFor,
  networkOutFor,
  networkOutOneZoneLost,
} from './formulas.ts'
import type { Profile } from './profiles.ts'

const MIB = 1024 ** 2

/** A demand of the cluster against the capacity of one broker. `demand ÷ (perBroker × target)` is the least number of brokers. */
export interface BrokerConstraint extends Omit<ConstraintRow, 'taken' | 'capacity'> {
  readonly perBroker: number
}

/** What every constraint is computed from. */
export interface DedicatedInput {
  readonly limits: PlanLimits
  readonly instance: Instance
  readonly catalogue: Catalogue
  readonly profile: Profile
}

/** All constraints, in the order in which a plan shows them. */
export function brokerConstraints(input: DedicatedInput): readonly BrokerConstraint[] {
  return [
    ...(input.profile.throughput === 'awsEquation1' ? equationOne(input) : mskScript(input)),
    ...(input.catalogue.zones > 1 ? oneZoneLost(input) : []),
    diskSpace(input),
    memory(input),
    cores(input),
    partitions(input),
    connections(input),
    {
      name: 'replication',
      unit: 'brokers',
      demand: input.catalogue.replicationFactor,
      perBroker: 1,
      target: 1,
      source: 'F9: a broker for each replica',
    },
  ]
}

/** What one disk and its link to the machine hold together. */
export function diskRateOf(instance: Instance, catalogue: Catalogue): number {
  return Math.min(instance.diskBytesPerSecond, catalogue.volume.fastestBytesPerSecond)
}

function equationOne({ limits, instance, catalogue, profile }: DedicatedInput): readonly BrokerConstraint[] {
  const { produceBytesPerSecond: produce, consumeBytesPerSecond: consume } = limits
  const copies = catalogue.replicationFactor
  const common = { unit: 'bytesPerSecond', target: profile.throughputTarget.value } as const
  const network = instance.networkBytesPerSecond
  const { source } = profile.throughputTarget
  return [
    { ...common, name: 'network in', demand: networkInFor(produce, copies), perBroker: network, source: `F2, ${source}` },
    {
      ...common,
      name: 'network out',
      demand: networkOutFor(produce, consume, copies) + uploadOf(limits),
      perBroker: network,
      source: `F3, ${source}`,
    },
    {
      unit: 'bytesPerSecond',
      name: 'disk throughput',
      demand: networkInFor(produce, copies),
      perBroker: diskRateOf(instance, catalogue),
      target: profile.diskRateTarget.value,
      source: `F4, ${profile.diskRateTarget.source}`,
    },
  ]
}

function mskScript({ limits, instance, catalogue, profile }: DedicatedInput): readonly BrokerConstraint[] {
  const { produceBytesPerSecond: produce, consumeBytesPerSecond: consume } = limits
  const { value: target, source } = profile.throughputTarget
  const tiered = limits.localRetentionMs === undefined ? 0 : MSK_SCRIPT.tiered
  return [
    {
      name: 'network',
      unit: 'bytesPerSecond',
      demand: (MSK_SCRIPT.network + tiered) * produce + MSK_SCRIPT.networkPerReader * consume,
      perBroker: instance.networkBytesPerSecond,
      target,
      source,
    },
    {
      name: 'disk throughput',
      unit: 'bytesPerSecond',
      demand: (MSK_SCRIPT.disk + tiered) * produce,
      perBroker: diskRateOf(instance, catalogue),
      target: profile.diskRateTarget.value,
      source: profile.diskRateTarget.source,
    },
  ]
}

/** Tiered storage: the leader sends every byte once to object storage. */
function uploadOf({ localRetentionMs, produceBytesPerSecond }: PlanLimits): number {
  return localRetentionMs === undefined ? 0 : produceBytesPerSecond
}

/** `production` asks all of the demand of the zones that are left (F17); `economy` what really remains to be done by them. */
function oneZoneLost(input: DedicatedInput): readonly BrokerConstraint[] {
  const { limits, instance, catalogue, profile } = input
  const { produceBytesPerSecond: produce, consumeBytesPerSecond: consume } = limits
  const { replicationFactor: copies, zones } = catalogue
  const network = { unit: 'bytesPerSecond', perBroker: instance.networkBytesPerSecond, target: 1 } as const
  if (profile.throughput === 'awsEquation1') {
    const source = 'F17: followers in the lost zone ask for nothing, readers for as much as before'
    const demand = networkOutOneZoneLost(produce, consume, copies, zones)
    return [{ ...network, name: 'network out, one zone lost', demand, source }]
  }
  const more = zones / (zones - 1)
  const source = `F17: every demand × ${zones}/${zones - 1}`
  const received = networkInFor(produce, copies) * more
  return [
    { ...network, name: 'network in, one zone lost', demand: received, source },
    { ...network, name: 'network out, one zone lost', demand: networkOutFor(produce, consume, copies) * more, source },
    {
      ...network,
      name: 'disk throughput, one zone lost',
      demand: received,
      perBroker: diskRateOf(instance, catalogue),
      source,
    },
  ]
}

function diskSpace({ limits, catalogue, profile }: DedicatedInput): BrokerConstraint {
  const seconds = (limits.localRetentionMs ?? limits.retentionMs) / 1000
  return {
    name: 'disk space',
    unit: 'bytes',
    demand: diskBytesFor(limits.produceBytesPerSecond, seconds, catalogue.replicationFactor),
    perBroker: catalogue.volume.largestBytes * catalogue.volume.mostPerBroker,
    target: profile.diskTarget.value,
    source: profile.diskTarget.source,
  }
}

function memory({ limits, instance, catalogue, profile }: DedicatedInput): BrokerConstraint {
  return {
    name: 'memory',
    unit: 'bytes',
    demand: networkInFor(limits.produceBytesPerSecond, catalogue.replicationFactor) * profile.pageCacheSeconds.value,
    perBroker: instance.memoryBytes - profile.heapBytes.value - profile.systemBytes.value,
    target: 1,
    source: profile.pageCacheSeconds.source,
  }
}

function cores({ limits, instance, catalogue, profile }: DedicatedInput): BrokerConstraint {
  return {
    name: 'cores',
    unit: 'cores',
    demand: busyCores(profile.cores, limits, catalogue.replicationFactor),
    perBroker: instance.cores,
    target: profile.coresTarget.value,
    source: profile.coresTarget.source,
  }
}

/** Cores that are busy at this load, by one of the two published formulas. */
export function busyCores(formula: Profile['cores'], limits: PlanLimits, replicationFactor: number): number {
  const { produceBytesPerSecond: produce, consumeBytesPerSecond: consume } = limits
  return formula === 'google'
    ? googleBusyCores(produce / 1e6, consume / 1e6, replicationFactor)
    : netflixBusyCores(produce / MIB, consume / MIB, replicationFactor)
}

function partitions({ limits, instance, catalogue, profile }: DedicatedInput): BrokerConstraint {
  return {
    name: 'partitions',
    unit: 'partitions',
    demand: limits.partitions * catalogue.replicationFactor,
    perBroker: instance.replicas[profile.replicas],
    target: 1,
    source: `F9: replicas a broker, ${profile.replicas === 'most' ? 'the most AWS supports' : 'as AWS recommends'} for this size`,
  }
}

function connections({ limits, catalogue, profile }: DedicatedInput): BrokerConstraint {
  const lost = profile.throughput === 'mskScript' && catalogue.zones > 1
  return {
    name: 'connections',
    unit: 'connections',
    demand: lost ? Math.ceil((limits.connections * catalogue.zones) / (catalogue.zones - 1)) : limits.connections,
    perBroker: profile.connectionsPerBroker.value,
    target: 1,
    source: lost ? `${profile.connectionsPerBroker.source}, one zone lost (F17)` : profile.connectionsPerBroker.source,
  }
}
