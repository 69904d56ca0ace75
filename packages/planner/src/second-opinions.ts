// SPDX-License-Identifier: Apache-2.0
/** Where two published sources disagree about the same number: both answers, and which one this plan follows. */
import type { SecondOpinion } from '@kaas/domain'
import type { Candidate } from './candidates.ts'
import { zoneTrafficCost } from './cost.ts'
import { busyCores, type DedicatedInput, diskRateOf } from './dedicated-constraints.ts'
import {
  alibabaBrokers,
  awsSustainedPerBroker,
  fleetManagerDiskGiB,
  mskScriptPerBroker,
  networkInFor,
  networkOutFor,
} from './formulas.ts'
import { ECONOMY, PRODUCTION, type Profile } from './profiles.ts'

const GIB = 1024 ** 3
const MIB = 1024 ** 2

/** The opinions that differ from the plan, in the order of the plan's constraints. */
export function secondOpinions(candidate: Candidate, input: DedicatedInput): readonly SecondOpinion[] {
  const opinions = [
    throughputOfBroker(input),
    brokers(candidate, input),
    networkReserve(candidate, input),
    cores(input),
    pageCache(input),
    disk(candidate, input),
    partitions(input),
    zoneTraffic(input),
  ]
  return opinions.filter((each) => each.followed.value !== each.other.value)
}

function throughputOfBroker({ limits, instance, catalogue, profile }: DedicatedInput): SecondOpinion {
  const fanOut = limits.consumeBytesPerSecond / limits.produceBytesPerSecond
  const disk = diskRateOf(instance, catalogue)
  const network = instance.networkBytesPerSecond
  const byEquation = awsSustainedPerBroker(disk, network, fanOut, catalogue.replicationFactor)
  const equation = { value: byEquation * ECONOMY.throughputTarget.value, source: ECONOMY.throughputTarget.source }
  const script = { value: mskScriptPerBroker(disk, network, fanOut), source: PRODUCTION.throughputTarget.source }
  const about = 'produce rate of one broker'
  return profile.throughput === 'awsEquation1'
    ? { about, unit: 'bytesPerSecond', followed: equation, other: script }
    : { about, unit: 'bytesPerSecond', followed: script, other: equation }
}

function brokers(candidate: Candidate, { limits, catalogue, profile }: DedicatedInput): SecondOpinion {
  const fanOut = limits.consumeBytesPerSecond / limits.produceBytesPerSecond
  return {
    about: 'brokers',
    unit: 'brokers',
    followed: { value: candidate.brokers, source: `F9: the constraint that binds, ${profile.name} reserves` },
    other: {
      value: alibabaBrokers(limits.produceBytesPerSecond / 1e6, fanOut, catalogue.replicationFactor),
      source: 'F18: 400 MB/s of all traffic a broker, half of it spare (Alibaba, Confluent)',
    },
  }
}

function networkReserve(candidate: Candidate, { limits, catalogue, profile }: DedicatedInput): SecondOpinion {
  const { produceBytesPerSecond: produce, consumeBytesPerSecond: consume } = limits
  const received = networkInFor(produce, catalogue.replicationFactor)
  const busier = Math.max(received, networkOutFor(produce, consume, catalogue.replicationFactor))
  const rows = candidate.constraints.filter((each) => each.name.startsWith('network'))
  return {
    about: 'network of all brokers',
    unit: 'bytesPerSecond',
    followed: { value: Math.max(...rows.map((row) => row.demand / row.target)), source: profile.throughputTarget.source },
    other: { value: busier * 1.4, source: 'F20: the busier direction × 1.40 (Netflix)' },
  }
}

function cores({ limits, catalogue, profile }: DedicatedInput): SecondOpinion {
  const by = (each: Profile) => ({
    value: Math.ceil(busyCores(each.cores, limits, catalogue.replicationFactor) / each.coresTarget.value),
    source: each.coresTarget.source,
  })
  const other = profile.cores === ECONOMY.cores ? PRODUCTION : ECONOMY
  return { about: 'cores of all brokers', unit: 'cores', followed: by(profile), other: by(other) }
}

function pageCache({ limits, catalogue, profile }: DedicatedInput): SecondOpinion {
  const written = networkInFor(limits.produceBytesPerSecond, catalogue.replicationFactor)
  return {
    about: 'page cache of all brokers',
    unit: 'bytes',
    followed: { value: written * profile.pageCacheSeconds.value, source: profile.pageCacheSeconds.source },
    other: { value: limits.produceBytesPerSecond * 600, source: 'F14: the last ten minutes, once (Netflix)' },
  }
}

function disk(candidate: Candidate, { limits, catalogue, profile }: DedicatedInput): SecondOpinion {
  const retained = limits.storageBytes * catalogue.replicationFactor
  const pad = fleetManagerDiskGiB(retained / GIB, limits.produceBytesPerSecond / MIB, candidate.brokers)
  return {
    about: 'disk of one broker',
    unit: 'bytes',
    followed: { value: retained / profile.diskTarget.value / candidate.brokers, source: profile.diskTarget.source },
    other: { value: pad * GIB, source: 'F22: 10 GiB, a minute of writes and 5 % on top (Red Hat fleet manager)' },
  }
}

function partitions({ instance, profile }: DedicatedInput): SecondOpinion {
  return {
    about: 'replicas on one broker',
    unit: 'partitions',
    followed: { value: instance.replicas[profile.replicas], source: `AWS, ${profile.replicas} for this size` },
    other: { value: 4000, source: 'KRaft has no hard limit; 4000 is prudent (Confluent)' },
  }
}

function zoneTraffic({ limits, catalogue }: DedicatedInput): SecondOpinion {
  return {
    about: 'traffic between zones',
    unit: 'dollarsPerMonth',
    followed: { value: zoneTrafficCost(limits, catalogue, false), source: 'F19: readers fetch from the leader' },
    other: {
      value: zoneTrafficCost(limits, catalogue, true),
      source: 'F19: readers set client.rack and fetch in their zone',
    },
  }
}
