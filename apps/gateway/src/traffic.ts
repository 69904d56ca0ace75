// SPDX-License-Identifier: Apache-2.0
/**
 * What the gateway counts while it serves: plain numbers on plain objects, so that counting costs nothing per request.
 * `metrics.ts` reads them when it is asked. Tenants are those of the snapshot and APIs those of the protocol: bounded.
 */

import { type ApiCounts, ApiTraffic } from './api-traffic.ts'
import { TenantTelemetry } from './telemetry/tenant-telemetry.ts'

/** Counts of one tenant, since the gateway started or the tenant came. */
export interface TenantTraffic {
  connections: number
  bytesFromClients: number
  bytesToClients: number
  requests: number
  /** How long connections of the tenant had to rest, added up, in milliseconds. */
  restedMs: number
  readonly limited: LimitCounts
  /** The tenant's own, or those of all that have none. */
  readonly byApi: ApiCounts
  /** Metrics that its clients push. */
  readonly telemetry: TenantTelemetry
}

/** How often limits of rates were met. Bytes and requests count together: a request may wait for both. */
export interface LimitCounts {
  /** Requests behind which their connection had to rest. */
  throttledRequests: number
  /** Connections that had to wait for their turn. */
  delayedConnections: number
  /** Connections that were closed: for want of a turn, or because the tenant had all its connections. */
  refusedConnections: number
}

/** Enough for the tenants that matter at a time, and few enough series for any Prometheus. */
const MOST_TENANTS_BY_API = 100

/** Counts of the whole gateway. */
export class Traffic {
  readonly tenants = new Map<string, TenantTraffic>()
  /** Closed connections by reason; reasons are error codes. */
  readonly closed = new Map<string, number>()
  /** Log-ins by mechanism and outcome, such as `SCRAM-SHA-512 success`. */
  readonly logIns = new Map<string, number>()
  /** By API key, over all tenants: tenants × APIs would be too many series. */
  readonly requests = new Map<number, number>()
  /** Requests that the gateway itself refused, by rule. */
  readonly refusals = new Map<string, number>()
  /** By tenant and API, for a bounded number of tenants. */
  readonly apis: ApiTraffic
  /** Names of other tenants that brokers sent and steps took out. */
  foreignNames = 0
  /** How often an address was blocked because its log-ins failed. */
  blockedAddresses = 0
  connections = 0
  unauthenticated = 0

  /** `mostTenants`: how many tenants are counted by API. */
  constructor(mostTenants = MOST_TENANTS_BY_API) {
    this.apis = new ApiTraffic(mostTenants)
  }

  /** The counts of `tenant`, from zero when it is new. */
  of(tenant: string): TenantTraffic {
    const known = this.tenants.get(tenant)
    if (known !== undefined) return known
    const byApi = this.apis.of(tenant)
    const telemetry = new TenantTelemetry()
    const limited = { throttledRequests: 0, delayedConnections: 0, refusedConnections: 0 }
    const counted = { connections: 0, bytesFromClients: 0, bytesToClients: 0, requests: 0, restedMs: 0 }
    const fresh = { ...counted, limited, byApi, telemetry }
    this.tenants.set(tenant, fresh)
    return fresh
  }

  /** Forgets a tenant that is gone. */
  forget(tenant: string): void {
    this.tenants.delete(tenant)
    this.apis.forget(tenant)
  }

  countClosed(reason: string): void {
    this.closed.set(reason, (this.closed.get(reason) ?? 0) + 1)
  }

  countRefusal(rule: string): void {
    this.refusals.set(rule, (this.refusals.get(rule) ?? 0) + 1)
  }

  countLogIn(mechanism: string, outcome: 'success' | 'refused' | 'failed'): void {
    const key = `${mechanism} ${outcome}`
    this.logIns.set(key, (this.logIns.get(key) ?? 0) + 1)
  }
}
