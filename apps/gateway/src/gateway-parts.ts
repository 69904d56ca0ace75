// SPDX-License-Identifier: Apache-2.0
/** What every client connection of one gateway shares. Assembled in `gateway.ts`. */
import type { Log } from '@kaas/telemetry'
import type { Allowances } from './allowance/allowances.ts'
import type { Journal } from './audit/journal.ts'
import type { BearerTokens } from './bearer-tokens.ts'
import type { ClusterDirectory } from './cluster-directory.ts'
import type { ClusterVersions } from './cluster-versions.ts'
import type { Patience } from './deadlines.ts'
import type { DelegationTokens } from './delegation-tokens.ts'
import type { Reached } from './listeners/listener.ts'
import type { Pipeline } from './pipeline.ts'
import type { FailedLogIns, LogInLimits } from './sasl/log-in-limits.ts'
import type { ServiceIdentity } from './service-identity.ts'
import type { SnapshotView } from './snapshot/snapshot-view.ts'
import type { Traffic } from './traffic.ts'

/** Where a connection came from, and whom it called: a tenant only where the host name tells. */
export interface Arrival extends Reached {
  /** Short, unique in this process. */
  readonly id: string
  /** 32 hex digits, unique everywhere: finds all lines about a connection in the logs of many gateways. */
  readonly trace: string
}

/** Bounds that hold for every connection. */
export interface Limits {
  readonly patience: Patience
  /** Connections that have not logged in, TLS handshakes included; more are closed at once. */
  readonly unauthenticatedConnections: number
  readonly failedLogIns: FailedLogIns
  /** Every SCRAM challenge takes so long, in milliseconds: at least what brokers take to refuse a stranger. */
  readonly challengeMs: number
  /** Responses owed to one client; above, it is not read. */
  readonly requestsInFlight: number
  /** The longest request before and after the log-in, in bytes. */
  readonly loginFrameBytes: number
  readonly frameBytes: number
  /** For opening a connection to one broker, in milliseconds. */
  readonly dialMs: number
}

/** What is used unless the configuration says otherwise. */
export const DEFAULT_LIMITS: Limits = {
  patience: { logInMs: 15_000, frameMs: 30_000, writeMs: 60_000 },
  unauthenticatedConnections: 1000,
  failedLogIns: { most: 100, windowMs: 60_000 },
  challengeMs: 20,
  requestsInFlight: 500,
  loginFrameBytes: 64 * 1024,
  frameBytes: 100 * 1024 * 1024,
  dialMs: 5000,
}

/** The shared parts. */
export interface GatewayParts {
  readonly pipeline: Pipeline
  readonly snapshot: SnapshotView
  readonly clusters: ClusterDirectory
  readonly versions: ClusterVersions
  readonly service: ServiceIdentity
  readonly tokens: DelegationTokens
  readonly bearerTokens: BearerTokens
  readonly traffic: Traffic
  readonly allowances: Allowances
  readonly logInLimits: LogInLimits
  /** What belongs into the audit log. */
  readonly journal: Journal
  readonly limits: Limits
  readonly log: Log
}
