// SPDX-License-Identifier: Apache-2.0
/**
 * What tenants do at the gateways, from the gateways' own metrics page. Counters become rates; a gateway that was restarted counts
 * from zero again, and one that does not answer leaves its share out.
 */
import { KaasError } from '@kaas/errors'

/** Counts of one tenant at one gateway, since it started. */
export interface TenantCounts {
  readonly received: number
  readonly sent: number
  readonly requests: number
  readonly connections: number
}

/** What a tenant does at all gateways now. Rates per second. */
export interface TenantTraffic {
  readonly bytesIn: number
  readonly bytesOut: number
  readonly requests: number
  readonly connections: number
}

/** A page of metrics is a few hundred bytes per tenant. */
const LARGEST_PAGE_BYTES = 64 * 1024 * 1024

const NAMES = {
  kaas_gateway_tenant_received_bytes_total: 'received',
  kaas_gateway_tenant_sent_bytes_total: 'sent',
  kaas_gateway_tenant_requests_total: 'requests',
  kaas_gateway_tenant_connections: 'connections',
} as const

/** The counts of each tenant on a page in Prometheus' text format; lines about anything else are passed over. */
export function parseTenantCounts(page: string): ReadonlyMap<string, TenantCounts> {
  const found = new Map<string, { -readonly [K in keyof TenantCounts]: number }>()
  for (const line of page.split('\n')) {
    const [, name = '', tenant = '', value = ''] = /^(\w+)\{tenant="([a-z0-9-]+)"\} (\S+)/.exec(line) ?? []
    if (!Object.hasOwn(NAMES, name) || !Number.isFinite(Number(value))) continue
    const counts = found.get(tenant) ?? { received: 0, sent: 0, requests: 0, connections: 0 }
    counts[NAMES[name as keyof typeof NAMES]] = Number(value)
    found.set(tenant, counts)
  }
  return found
}

interface Reading {
  readonly atMs: number
  readonly tenants: ReadonlyMap<string, TenantCounts>
}

/** Reads the gateways at `urls`, each time anew. Holds the reading before, which rates are counted from. */
export class GatewayMetrics {
  readonly #urls: readonly string[]
  readonly #timeoutMs: number
  #before = new Map<string, Reading>()

  constructor(urls: readonly string[], timeoutMs: number) {
    this.#urls = urls
    this.#timeoutMs = timeoutMs
  }

  /**
   * What each tenant does, over all gateways that answered now and the last time: without two readings there is no rate. `silent` are
   * those that did not answer, with the reason.
   */
  async read(): Promise<{
    readonly traffic: ReadonlyMap<string, TenantTraffic>
    readonly silent: readonly { readonly url: string; readonly reason: string }[]
  }> {
    const readings = await Promise.all(this.#urls.map(async (url) => ({ url, ...(await this.#readOne(url)) })))
    const traffic = new Map<string, TenantTraffic>()
    const now = new Map<string, Reading>()
    for (const { url, reading } of readings) {
      if (reading === undefined) continue
      now.set(url, reading)
      const before = this.#before.get(url)
      if (before !== undefined) addRates(traffic, before, reading)
    }
    this.#before = now
    return { traffic, silent: readings.flatMap(({ url, reason }) => (reason === undefined ? [] : [{ url, reason }])) }
  }

  async #readOne(url: string): Promise<{ readonly reading?: Reading; readonly reason?: string }> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(this.#timeoutMs), redirect: 'error' })
      if (!response.ok) return { reason: `It answered with status ${response.status}.` }
      return { reading: { atMs: performance.now(), tenants: parseTenantCounts(await readText(response)) } }
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error) }
    }
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > LARGEST_PAGE_BYTES) {
      throw new KaasError('request-too-large', { message: 'The page of metrics is larger than 64 MiB.' })
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text
}

function addRates(traffic: Map<string, TenantTraffic>, before: Reading, now: Reading): void {
  const seconds = (now.atMs - before.atMs) / 1000
  if (seconds <= 0) return
  for (const [tenant, counts] of now.tenants) {
    const old = before.tenants.get(tenant)
    const rate = (key: 'received' | 'sent' | 'requests') => grownBy(counts[key], old?.[key]) / seconds
    const sum = traffic.get(tenant) ?? { bytesIn: 0, bytesOut: 0, requests: 0, connections: 0 }
    traffic.set(tenant, {
      bytesIn: sum.bytesIn + rate('received'),
      bytesOut: sum.bytesOut + rate('sent'),
      requests: sum.requests + rate('requests'),
      connections: sum.connections + counts.connections,
    })
  }
}

/** Less than before: the gateway was started anew and all it has counted is new. */
function grownBy(now: number, before = 0): number {
  return now < before ? now : now - before
}
