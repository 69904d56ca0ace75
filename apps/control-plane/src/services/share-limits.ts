// SPDX-License-Identifier: Apache-2.0
/** Shares the limits of tenants between gateways, by what each of them says that passes through it (decision 0026). */
import { type GatewayLoad, type GatewayShares, shareOf } from '@kaas/domain'
import type { Store } from '@kaas/store'

/** Keeps the load of one gateway and answers its shares. Those of a gateway that is gone go to the others within seconds. */
export async function shareLimits(store: Store, load: GatewayLoad): Promise<GatewayShares> {
  const { nodes, totals } = await store.saveGatewayLoad(load)
  const own = new Map(load.tenants.map((tenant) => [tenant.name, tenant]))
  const tenants = totals.map(({ tenant, connectionsElsewhere, ...total }) => {
    const has = own.get(tenant)
    const share = {
      produce: shareOf(has?.produceBytesPerSecond ?? 0, total.produce, nodes),
      consume: shareOf(has?.consumeBytesPerSecond ?? 0, total.consume, nodes),
      requests: shareOf(has?.requestsPerSecond ?? 0, total.requests, nodes),
      newConnections: shareOf(has?.connectionsPerSecond ?? 0, total.newConnections, nodes),
      connectionsElsewhere,
    }
    return [tenant, share] as const
  })
  return { nodes, tenants: Object.fromEntries(tenants) }
}
