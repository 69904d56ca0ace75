// SPDX-License-Identifier: Apache-2.0
/** Puts the parts of a gateway together, starts them in order and stops them in order. Configuration is read elsewhere. */
import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { asKaasError } from '@kaas/errors'
import type { Log } from '@kaas/telemetry'
import { Allowances } from './allowance/allowances.ts'
import type { ReportedGateway } from './allowance/load-reporter.ts'
import { Journal } from './audit/journal.ts'
import { BearerTokens } from './bearer-tokens.ts'
import { ClientConnection } from './client-connection.ts'
import { ClusterDirectory } from './cluster-directory.ts'
import { ClusterVersions } from './cluster-versions.ts'
import { DelegationTokens } from './delegation-tokens.ts'
import type { GatewayParts, Limits } from './gateway-parts.ts'
import type { ListenerSettings, Reached } from './listeners/listener.ts'
import { Listeners } from './listeners/listeners.ts'
import { type Rejection, rejectionSeen } from './listeners/rejection.ts'
import { createPipeline, STEPS } from './pipeline.ts'
import { LogInLimits } from './sasl/log-in-limits.ts'
import { ServiceIdentity } from './service-identity.ts'
import { SnapshotView } from './snapshot/snapshot-view.ts'
import type { Step } from './step.ts'
import { TenantConnections } from './tenant-connections.ts'
import { Traffic } from './traffic.ts'

/** What a gateway is made from. */
export interface GatewaySettings {
  /** At least one. */
  readonly listeners: readonly ListenerSettings[]
  readonly serviceCredentialsFile: string | undefined
  /** Whose bearer tokens are taken; nobody's when absent. */
  readonly bearerTokens?: BearerTokens
  readonly limits: Limits
  /** How long clients may take to go when the gateway stops, in milliseconds. */
  readonly drainMs: number
  /** Takes what belongs into the audit log; one that nobody reads when absent. */
  readonly journal?: Journal
  /** The product’s own when absent. */
  readonly steps?: readonly Step[]
  readonly log: Log
}

/** A gateway that serves. */
export interface Gateway {
  /** The bootstrap port of the first listener. */
  readonly port: number
  /** The bootstrap port of each listener, by its name. */
  readonly ports: ReadonlyMap<string, number>
  readonly snapshot: SnapshotView
  readonly traffic: Traffic
  readonly journal: Journal
  /** What tenants move here, and this gateway's shares of their limits. */
  readonly load: ReportedGateway
  /** Whether clients can be served: the tenants are known and a broker of every cluster, or of one at least, has answered. */
  isReady(): boolean
  /** When the first certificate of each listener ends, by the listener's name. */
  readonly certificatesEndAt: ReadonlyMap<string, Date>
  /** Makes the listeners these: certificates renewed, new ones opened, gone ones closed; open connections stay. Throws as `Listeners.apply`. */
  reload(listeners: readonly ListenerSettings[]): Promise<void>
  /** Stops accepting, answers what is in flight, closes connections spread over the drain time. */
  stop(): Promise<void>
}

/** Opens the listeners and resolves with a gateway whose snapshot is still empty. Throws `port-taken`. */
export async function startGateway(settings: GatewaySettings): Promise<Gateway> {
  const { log, limits, journal = new Journal() } = settings
  const snapshot = new SnapshotView()
  const traffic = new Traffic()
  const allowances = new Allowances()
  const connections = new TenantConnections(traffic, allowances, journal, log)
  const listeners = listenersOf(settings, connections, () => parts)
  const clusters = new ClusterDirectory((nodeId) => listeners.openNode(nodeId))
  const versions = new ClusterVersions(clusters, log)
  const service = new ServiceIdentity(settings.serviceCredentialsFile, clusters)
  const tokens = new DelegationTokens(service)
  const bearerTokens = settings.bearerTokens ?? new BearerTokens([], log)
  const pipeline = createPipeline(settings.steps ?? STEPS)
  const shared = { pipeline, snapshot, clusters, versions, service, tokens, bearerTokens, traffic, allowances, journal }
  const parts: GatewayParts = { ...shared, logInLimits: logInLimitsOf(settings, traffic, journal), limits, log }
  const ports = new Map(await listeners.apply(settings.listeners))
  followSnapshot(parts, connections)
  return {
    port: [...ports.values()][0] ?? 0,
    ports,
    snapshot,
    traffic,
    journal,
    load: reportedBy(allowances, connections),
    get certificatesEndAt() {
      return listeners.certificatesEndAt
    },
    reload: async (changed) => {
      for (const [name, port] of await listeners.apply(changed)) ports.set(name, port)
    },
    isReady: () => snapshot.version >= 0 && (snapshot.clusters.length === 0 || versions.hasAny),
    stop: async () => {
      listeners.close()
      versions.close()
      await connections.drain(settings.drainMs / 2, settings.drainMs)
      connections.close()
      await service.close()
    },
  }
}

function reportedBy(allowances: Allowances, connections: TenantConnections): ReportedGateway {
  return {
    takeLoads: (overMs) => allowances.takeLoads(overMs, (tenant) => connections.countOf(tenant)),
    share: (shares) => allowances.share(shares, Date.now()),
  }
}

/** Every connection that arrives becomes a ClientConnection, with the parts as they are by then. */
function listenersOf(
  { limits, log }: GatewaySettings,
  connections: TenantConnections,
  parts: () => GatewayParts,
): Listeners {
  let arrivals = 0
  const connected = (socket: Socket, reached: Reached): void => {
    arrivals += 1
    const arrival = { ...reached, id: arrivals.toString(36), trace: randomBytes(16).toString('hex') }
    connections.add(new ClientConnection(socket, arrival, parts(), connections))
  }
  const owner = {
    handshakeTimeoutMs: limits.patience.logInMs,
    unauthenticatedConnections: limits.unauthenticatedConnections,
    welcomes: (remote: string) => parts().logInLimits.welcomes(remote, Date.now()),
    connected,
    rejected: (rejection: Rejection, remote: string) => {
      parts().traffic.countClosed(rejection.kind)
      const seen = rejectionSeen(rejection, remote)
      if (seen !== undefined) parts().journal.note(seen)
    },
  }
  return new Listeners(owner, log)
}

/** A block is told once; what it keeps away is counted. */
function logInLimitsOf({ limits, log }: GatewaySettings, traffic: Traffic, journal: Journal): LogInLimits {
  const { most, windowMs } = limits.failedLogIns
  return new LogInLimits({ most, windowMs }, (remoteAddress, failures) => {
    traffic.blockedAddresses += 1
    const message = `The address is blocked for ${windowMs / 1000} s: ${failures} of its log-ins failed.`
    journal.note({ action: 'limit', outcome: 'denied', rule: 'failed-log-ins', message, remoteAddress })
    log.warn({ remote: remoteAddress, failures, seconds: windowMs / 1000 }, 'an address is blocked: its log-ins failed')
  })
}

function followSnapshot(parts: GatewayParts, connections: TenantConnections): void {
  const { snapshot, clusters, versions, tokens, allowances, log } = parts
  snapshot.onChange((change) => {
    allowances.follow(change, Date.now())
    if (change.hasClusterChange) {
      clusters.update(snapshot.clusters)
      versions.update(snapshot.clusters)
    }
    connections.follow(change)
    const listed = new Map(change.tenants.map(({ name, externalUsers = [] }) => [name, externalUsers]))
    for (const name of change.removedTenants) listed.set(name, [])
    for (const [tenant, users] of listed) {
      tokens.keepOnly(tenant, new Set(users.map((each) => each.name))).catch((error: unknown) => {
        log.warn(
          { tenant, error: asKaasError(error).message },
          'a token of a removed user could not be ended: it ends by itself',
        )
      })
    }
  })
}
