// SPDX-License-Identifier: Apache-2.0
/** What gateways tell of tenants, summed up for all of them. On both databases. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '@kaas/store'
import { databaseEngines } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const orders = (produce: number, connections: number) => ({
  name: 'orders',
  produceBytesPerSecond: produce,
  consumeBytesPerSecond: produce * 3,
  connections,
  requestsPerSecond: produce / 2,
  connectionsPerSecond: connections,
})

describe.each(databaseEngines())('$name', (engine) => {
  let store: Store
  beforeAll(async () => {
    await engine.start()
    store = await (await engine.newDatabase()).open()
  })
  afterAll(async () => {
    await store?.close()
    await engine.stop()
  })

  it('sums up what all gateways told last, and counts the connections of the others', async () => {
    await store.saveGatewayLoad({ node: 'a', tenants: [orders(100, 5)] })
    await store.saveGatewayLoad({ node: 'b', tenants: [orders(900, 9)] })
    await store.saveGatewayLoad({ node: 'b', tenants: [orders(300, 7)] })
    const { nodes, totals } = await store.saveGatewayLoad({ node: 'c', tenants: [] })
    expect(nodes).toBe(3)
    expect(totals).toEqual([
      { tenant: 'orders', produce: 400, consume: 1200, requests: 200, newConnections: 12, connectionsElsewhere: 12 },
    ])
    expect((await store.saveGatewayLoad({ node: 'a', tenants: [orders(100, 5)] })).totals).toMatchObject([
      { connectionsElsewhere: 7 },
    ])
  })

  it('takes a tenant that is told of twice in one report for one', async () => {
    const { totals } = await store.saveGatewayLoad({ node: 'a', tenants: [orders(10, 1), orders(20, 2)] })
    expect(totals).toMatchObject([{ tenant: 'orders', produce: 320 }])
  })

  it('forgets a gateway that says nothing for seconds: what it had is free for the others', async () => {
    await store.saveGatewayLoad({ node: 'gone', tenants: [orders(5000, 50)] })
    await sleep(7500)
    const { nodes, totals } = await store.saveGatewayLoad({ node: 'd', tenants: [orders(1, 1)] })
    expect(nodes).toBe(1)
    expect(totals).toEqual([
      { tenant: 'orders', produce: 1, consume: 3, requests: 0.5, newConnections: 1, connectionsElsewhere: 0 },
    ])
  }, 30_000)
})
