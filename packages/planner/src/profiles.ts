// SPDX-License-Identifier: Apache-2.0
/**
 * Two sets of reserves, as data with sources. `economy` runs near what the machines hold for ever; `production` keeps room for
 * readers that lag, for rebuilding a broker and for one lost zone, all at once.
 */
import type { ProfileName, TenantSpec } from '@kaas/domain'

const GIB = 1024 ** 3

/** A number and who says so. */
export interface Sourced {
  readonly value: number
  readonly source: string
}

/** What a plan keeps free. Targets are parts of a capacity, 0 to 1. */
export interface Profile {
  readonly name: ProfileName
  /** Which published formula decides how much one broker of a dedicated cluster takes in. */
  readonly throughput: 'awsEquation1' | 'mskScript'
  readonly throughputTarget: Sourced
  /** The same for the link between machine and disks. */
  readonly diskRateTarget: Sourced
  /** Which published formula decides the cores. */
  readonly cores: 'google' | 'netflix'
  readonly coresTarget: Sourced
  readonly diskTarget: Sourced
  /** Which column of the catalogue's replica counts holds. */
  readonly replicas: 'recommended' | 'most'
  readonly connectionsPerBroker: Sourced
  readonly leastMemoryBytes: Sourced
  readonly heapBytes: Sourced
  readonly systemBytes: Sourced
  /** Seconds of writes that stay in memory, so that readers at the tail touch no disk. */
  readonly pageCacheSeconds: Sourced
  /** Targets of a shared cluster, on the capacity that its `KafkaCluster` states. */
  readonly shared: {
    readonly rate: Sourced
    readonly disk: Sourced
    /** Above 1: limits are ceilings that few tenants reach, and are sold more than once. */
    readonly partitions: Sourced
    readonly connections: Sourced
  }
}

const HEAP: Sourced = { value: 6 * GIB, source: 'F15: 5–6 GiB whatever the load (Strimzi, Red Hat fleet manager, LinkedIn)' }
const EIGHTY: Sourced = { value: 0.8, source: 'F6, F7: 80 % of equation 1 (AWS Big Data Blog)' }
const HALF: Sourced = {
  value: 0.5,
  source: 'F8: half of what is left after lag, rebuilding and one lost zone (AWS MSK sizing script)',
}
const PAGE_CACHE: Sourced = { value: 30, source: 'F14: 30 s of writes (Apache Kafka, operations)' }

/** Near the limits: 80 % of AWS's equation 1. */
export const ECONOMY: Profile = {
  name: 'economy',
  throughput: 'awsEquation1',
  throughputTarget: EIGHTY,
  diskRateTarget: EIGHTY,
  cores: 'google',
  coresTarget: { value: 0.5, source: 'F12: half busy (Google Managed Service for Apache Kafka)' },
  diskTarget: { value: 0.8, source: 'F5: 80 % full (Cruise Control threshold; MSK alarms at 85 %)' },
  replicas: 'most',
  connectionsPerBroker: { value: 4000, source: '4000 a broker from 4 cores on (Huawei DMS)' },
  leastMemoryBytes: { value: 12 * GIB, source: 'F16: at least 12 GiB (Netflix)' },
  heapBytes: HEAP,
  systemBytes: { value: 1 * GIB, source: 'F16: 1 GiB for the system' },
  pageCacheSeconds: PAGE_CACHE,
  shared: {
    rate: { value: 0.8, source: 'F7: 80 % of what the cluster holds (AWS Big Data Blog; Cruise Control threshold)' },
    disk: { value: 0.8, source: 'F5: 80 % full (Cruise Control threshold; MSK alarms at 85 %)' },
    partitions: { value: 4, source: 'house rule: limits are sold four times, few tenants reach them' },
    connections: { value: 4, source: 'house rule: limits are sold four times, few tenants reach them' },
  },
}

/** Room for faults: AWS's MSK sizing script. */
export const PRODUCTION: Profile = {
  name: 'production',
  throughput: 'mskScript',
  throughputTarget: HALF,
  diskRateTarget: HALF,
  cores: 'netflix',
  coresTarget: { value: 0.4, source: 'F13: buffer 2.5 for tier 0 and 1 (Netflix)' },
  diskTarget: { value: 0.5, source: 'F5: half full, headroom factor 2 (AWS)' },
  replicas: 'recommended',
  connectionsPerBroker: { value: 3000, source: '3000 a broker (Red Hat fleet manager, MSK with IAM)' },
  leastMemoryBytes: { value: 32 * GIB, source: 'F16: at least 32 GiB in production (Confluent)' },
  heapBytes: HEAP,
  systemBytes: { value: 4 * GIB, source: 'F16: 4 GiB for the system (Netflix)' },
  pageCacheSeconds: PAGE_CACHE,
  shared: {
    rate: {
      value: 0.5,
      source: 'F8: at most half (AWS MSK sizing script); with one of three zones away, three quarters (F17)',
    },
    disk: { value: 0.5, source: 'F5: half full, headroom factor 2 (AWS)' },
    partitions: { value: 1, source: 'every limit is kept free' },
    connections: { value: 1, source: 'every limit is kept free' },
  },
}

/** The profiles by name. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = { economy: ECONOMY, production: PRODUCTION }

/** The profile that a tenant of this environment is planned with: only production pays for reserves. */
export function profileFor(environment: TenantSpec['environment']): Profile {
  return environment === 'production' ? PRODUCTION : ECONOMY
}
