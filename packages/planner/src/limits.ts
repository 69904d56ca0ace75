// SPDX-License-Identifier: Apache-2.0
/**
 * What is promised for a workload: the stated numbers, and a default with a source for each that the user left out. The same
 * numbers are held by the API, by the gateway and by Kafka's quotas.
 */
import type { PlanLimits, Workload } from '@kaas/domain'
import { diskBytesFor, partitionsForTopic } from './formulas.ts'

const MIB = 1024 ** 2

/** Defaults of limits. The ratios are Red Hat's fleet manager's standard size, the least its developer size. */
export const LIMIT_DEFAULTS = {
  /** 1500 partitions for 50 MiB/s. */
  partitionsPerMiBps: 30,
  leastPartitions: 100,
  /** 9000 connections for 50 MiB/s. */
  connectionsPerMiBps: 180,
  leastConnections: 100,
  /**
   * One request for 4 kB that move, in or out: 15,000 requests for 60 MB/s, and 1500 for the smallest cluster (Confluent Cloud). Clients that
   * only wait send up to three a second on a connection: two fetches, and a heartbeat now and then.
   */
  bytesPerRequest: 4000,
  requestsPerConnection: 3,
  leastRequestsPerSecond: 1500,
  /**
   * House rule: all connections come back within ten seconds, so that those of a gateway that went are with the others within five. Confluent
   * Cloud takes 12 to 36 seconds for all, Red Hat's standard size 90; the least is that of its developer size.
   */
  secondsToConnectAll: 10,
  leastConnectionsPerSecond: 50,
  /** House rule: one user for each of a hundred applications. */
  users: 100,
  /** What one partition carries when planning: 5 MB/s in, 15 MB/s out. Longer than the largest schema value is never given. */
  producePerPartition: 5e6,
  consumePerPartition: 15e6,
  mostPartitions: 200_000,
  mostConnections: 1_000_000,
  mostRequestsPerSecond: 10_000_000,
} as const

/** Limits with the rates that only gateways hold. */
export type VirtualLimits = PlanLimits & { readonly requestsPerSecond: number; readonly connectionsPerSecond: number }

/** The limits of every tenant with this workload. What the user stated is kept as stated. */
export function limitsFor(workload: Workload): PlanLimits {
  return {
    produceBytesPerSecond: workload.produceBytesPerSecond,
    consumeBytesPerSecond: workload.consumeBytesPerSecond,
    retentionMs: workload.retentionMs,
    storageBytes: Math.ceil(diskBytesFor(workload.produceBytesPerSecond, workload.retentionMs / 1000, 1)),
    ...(workload.localRetentionMs !== undefined && workload.localRetentionMs < workload.retentionMs
      ? { localRetentionMs: workload.localRetentionMs }
      : {}),
    partitions: workload.partitions ?? defaultPartitions(workload),
    connections: workload.connections ?? defaultConnections(workload),
    users: workload.users ?? LIMIT_DEFAULTS.users,
  }
}

/** The limits of a virtual tenant: its gateways hold two rates more, which a Kafka of its own does not know. */
export function virtualLimitsFor(workload: Workload): VirtualLimits {
  const limits = limitsFor(workload)
  return {
    ...limits,
    requestsPerSecond: workload.requestsPerSecond ?? defaultRequests(workload, limits.connections),
    connectionsPerSecond: workload.connectionsPerSecond ?? defaultNewConnections(limits.connections),
  }
}

/** What Kafka's per-broker quotas are set to, so that all brokers together let the limit through (F21). Whole bytes, at least 1. */
export function quotaPerBroker(limits: PlanLimits, brokers: number) {
  return {
    produceBytesPerSecond: Math.max(1, Math.ceil(limits.produceBytesPerSecond / brokers)),
    consumeBytesPerSecond: Math.max(1, Math.ceil(limits.consumeBytesPerSecond / brokers)),
  }
}

function defaultPartitions(workload: Workload): number {
  const { producePerPartition, consumePerPartition } = LIMIT_DEFAULTS
  const needed = Math.max(
    partitionsForTopic(workload.produceBytesPerSecond, producePerPartition, producePerPartition),
    partitionsForTopic(workload.consumeBytesPerSecond, consumePerPartition, consumePerPartition),
  )
  const usual = Math.ceil((workload.produceBytesPerSecond / MIB) * LIMIT_DEFAULTS.partitionsPerMiBps)
  return Math.min(LIMIT_DEFAULTS.mostPartitions, Math.max(LIMIT_DEFAULTS.leastPartitions, usual, needed))
}

function defaultConnections(workload: Workload): number {
  const usual = Math.ceil((workload.produceBytesPerSecond / MIB) * LIMIT_DEFAULTS.connectionsPerMiBps)
  return Math.min(LIMIT_DEFAULTS.mostConnections, Math.max(LIMIT_DEFAULTS.leastConnections, usual))
}

function defaultRequests(workload: Workload, connections: number): number {
  const { bytesPerRequest, requestsPerConnection, leastRequestsPerSecond, mostRequestsPerSecond } = LIMIT_DEFAULTS
  const moving = Math.ceil((workload.produceBytesPerSecond + workload.consumeBytesPerSecond) / bytesPerRequest)
  return Math.min(mostRequestsPerSecond, Math.max(leastRequestsPerSecond, moving, connections * requestsPerConnection))
}

function defaultNewConnections(connections: number): number {
  return Math.max(LIMIT_DEFAULTS.leastConnectionsPerSecond, Math.ceil(connections / LIMIT_DEFAULTS.secondsToConnectAll))
}
