// SPDX-License-Identifier: Apache-2.0
/** Puts the parts of a gateway together, starts them in order and stops them in order. Configuration is read elsewhere. */
import type { Socket } from 'node:net'
import type { Log } from '@kaas/telemetry'
import { ClientConnection } from './client-connection.ts'
import { ClusterDirectory } from './cluster-directory.ts'
import { ClusterVersions } from './cluster-versions.ts'
import type { GatewayParts, Limits } from './gateway-parts.ts'
import { Listener } from './listener.ts'
import { createPipeline, STEPS } from './pipeline.ts'
import { portAddressing } from './port-addressing.ts'
import { ServiceIdentity } from './service-identity.ts'
import { SnapshotView } from './snapshot/snapshot-view.ts'
import type { Step } from './step.ts'
import { TenantConnections } from './tenant-connections.ts'
import { Traffic } from './traffic.ts'

/** What a gateway is made from. */
export interface GatewaySettings {
  readonly host: string
  /** 0 takes any free port. The ports behind it stand for broker nodes. */
  readonly port: number
  readonly advertisedHost: string
  readonly certPem: string
  readonly keyPem: string
  readonly serviceCredentialsFile: string | undefined
  readonly limits: Limits
  /** How long clients may take to go when the gateway stops, in milliseconds. */
  readonly drainMs: number
  /** The product’s own when absent. */
  readonly steps?: readonly Step[]
  readonly log: Log
}

/** A gateway that serves. */
export interface Gateway {
  /** The bootstrap port. */
  readonly port: number
  readonly snapshot: SnapshotView
  readonly traffic: Traffic
  /** Whether clients can be served: the tenants are known and a broker of every cluster, or of one at least, has answered. */
  isReady(): boolean
  /** Stops accepting, answers what is in flight, closes connections spread over the drain time. */
  stop(): Promise<void>
}

/** Opens the bootstrap port and resolves with a gateway whose snapshot is still empty. Throws `port-taken`. */
export async function startGateway(settings: GatewaySettings): Promise<Gateway> {
  const { log, limits } = settings
  const snapshot = new SnapshotView()
  const traffic = new Traffic()
  const connections = new TenantConnections(traffic, log)
  let arrivals = 0
  const arrived = (socket: Socket, nodeId: number | undefined): void => {
    arrivals += 1
    const arrival = { id: arrivals.toString(36), remote: socket.remoteAddress ?? '', nodeId }
    connections.add(new ClientConnection(socket, arrival, parts, connections))
  }
  const listener = new Listener(
    { ...settings, bootstrapPort: settings.port, handshakeTimeoutMs: limits.patience.logInMs, ...limits },
    { connected: arrived, unauthenticated: () => connections.unauthenticated, rejected: () => traffic.countClosed('tls') },
    log,
  )
  const clusters = new ClusterDirectory((nodeId) => void listener.openNode(nodeId))
  const versions = new ClusterVersions(clusters, log)
  const service = new ServiceIdentity(settings.serviceCredentialsFile, clusters)
  const port = await listener.open()
  const addressing = portAddressing(settings.advertisedHost, port)
  listener.addressing = addressing
  const pipeline = createPipeline(settings.steps ?? STEPS)
  const parts: GatewayParts = { pipeline, snapshot, clusters, versions, service, addressing, traffic, limits, log }
  followSnapshot(parts, connections)
  return {
    port,
    snapshot,
    traffic,
    isReady: () => snapshot.version >= 0 && (snapshot.clusters.length === 0 || versions.hasAny),
    stop: async () => {
      listener.close()
      versions.close()
      await connections.drain(settings.drainMs / 2, settings.drainMs)
      connections.close()
      await service.close()
    },
  }
}

function followSnapshot({ snapshot, clusters, versions }: GatewayParts, connections: TenantConnections): void {
  snapshot.onChange((change) => {
    if (change.hasClusterChange) {
      clusters.update(snapshot.clusters)
      versions.update(snapshot.clusters)
    }
    connections.follow(change)
  })
}
