// SPDX-License-Identifier: Apache-2.0
/** The Kubernetes cluster of a hard tenant: a second API server on the lane's etcd, with Strimzi's definitions and a controller manager. */
import { freePort } from '@kaas/testkit'
import { ApiServer } from './api-server.ts'
import { startControllers } from './controllers.ts'
import { Credentials } from './credentials.ts'
import type { TENANT_CLUSTERS } from './ensure-database.ts'
import type { LaneAddress } from './lane.ts'

/** A running cluster. */
export interface TenantCluster {
  readonly server: ApiServer
  stop(how?: 'in order' | 'at once'): Promise<void>
}

/** How a cluster is started: on which part of the database, and with a port and an authority that were announced before. */
export interface TenantClusterOptions {
  readonly prefix: (typeof TENANT_CLUSTERS)[number]
  readonly port?: number
  readonly authority?: { readonly certificate: string; readonly key: string }
}

/** Starts one; it keeps its objects when it is stopped and started again. */
export async function startTenantCluster(lane: LaneAddress, options: TenantClusterOptions): Promise<TenantCluster> {
  const { folder, binaries } = lane
  const server = await ApiServer.start({
    ...options,
    program: binaries['kube-apiserver'],
    etcd: { url: lane.etcd.url, credentials: Credentials.open(lane.etcd.certificates) },
    folder,
    name: options.prefix,
    port: options.port ?? (await freePort()),
  })
  const parts = await startControllers(binaries, server, { folder, name: options.prefix, parts: ['controller-manager'] })
  const stop = async (how: 'in order' | 'at once' = 'in order') => {
    await Promise.all(parts.map((part) => part.stop(how === 'in order' ? 'SIGTERM' : 'SIGKILL')))
    await server.stop(how)
  }
  return { server, stop }
}
