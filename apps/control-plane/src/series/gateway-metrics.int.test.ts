// SPDX-License-Identifier: Apache-2.0
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { GatewayMetrics, parseTenantCounts } from './gateway-metrics.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A metrics page over real HTTP; what it says can be changed. */
async function page(first: string): Promise<{ readonly url: string; say(text: string | undefined): void }> {
  let text: string | undefined = first
  const server = createServer((_, response) => {
    if (text !== undefined) response.end(text)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const say = (said: string | undefined) => {
    text = said
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`, say }
}

function counts(tenant: string, received: number, connections = 1): string {
  return [
    '# HELP kaas_gateway_tenant_received_bytes_total Bytes',
    `kaas_gateway_tenant_received_bytes_total{tenant="${tenant}"} ${received}`,
    `kaas_gateway_tenant_sent_bytes_total{tenant="${tenant}"} ${received * 2}`,
    `kaas_gateway_tenant_requests_total{tenant="${tenant}"} ${received / 10}`,
    `kaas_gateway_tenant_connections{tenant="${tenant}"} ${connections}`,
    '',
  ].join('\n')
}

test('counts of tenants are read, and lines about anything else or with nonsense are passed over', () => {
  const text = `${counts('orders', 100)}process_cpu_seconds_total 5\nkaas_gateway_tenant_connections{tenant="b"} many\n`
  expect([...parseTenantCounts(text)]).toEqual([['orders', { received: 100, sent: 200, requests: 10, connections: 1 }]])
})

test('rates are summed over gateways, and a gateway that was restarted counts from zero, never below', async () => {
  const [one, two] = [await page(counts('orders', 1000, 3)), await page(counts('orders', 5000, 4))]
  const metrics = new GatewayMetrics([one.url, two.url], 30_000)
  expect((await metrics.read()).traffic.size).toBe(0)
  await new Promise((resolve) => setTimeout(resolve, 200))
  one.say(counts('orders', 3000, 3))
  two.say(counts('orders', 500, 1))
  const { traffic, silent } = await metrics.read()
  expect(silent).toEqual([])
  const { bytesIn, bytesOut, connections } = traffic.get('orders') ?? { bytesIn: 0, bytesOut: 0, connections: 0 }
  // 2,500 bytes in at least 0.2 seconds.
  expect(bytesIn).toBeGreaterThan(0)
  expect(bytesIn).toBeLessThanOrEqual(12_500)
  expect(bytesOut).toBeCloseTo(bytesIn * 2)
  expect(connections).toBe(4)
})

test('a gateway that hangs is silent after its time, and the others are still counted', async () => {
  const [well, hanging] = [await page(counts('orders', 100)), await page(counts('orders', 100))]
  const metrics = new GatewayMetrics([well.url, hanging.url], 2_000)
  await metrics.read()
  hanging.say(undefined)
  const { traffic, silent } = await metrics.read()
  expect(traffic.get('orders')?.connections).toBe(1)
  expect(silent.map(({ url }) => url)).toEqual([hanging.url])
})
