// SPDX-License-Identifier: Apache-2.0
/** Shares the limits of tenants between gateways, by what each of them says that passes through it (decision 0026). */
import { type GatewayLoad, type GatewayShares, shareOf } from '@kaas/domain'
import type { Store } from '@kaas/store'

/** Keeps the load of one gateway and answers its shares. Those of a gateway that is gone go to the others within seconds. */
export async function shareLimits(store: Store, load: GatewayLoad): Promise<GatewayShares> {
  const { nodes, totals } = await store.saveGatewayLoad(load)
  const own = new Map(load.tenants.map((tenant) => [tenant.name, tenant]))
  const tenants = totals.map(({ tenant, produce, consume, connectionsElsewhere }) => {
    const { produceBytesPerSecond = 0, consumeBytesPerSecond = 0 } = own.get(tenant) ?? {}
    const share = {
      produce: shareOf(produceBytesPerSecond, produce, nodes),
      consume: shareOf(consumeBytesPerSecond, consume, nodes),
      connectionsElsewhere,
    }
    return [tenant, share] as const
  })
  return { nodes, tenants: Object.fromEntries(tenants) }
}
