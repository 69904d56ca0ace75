// SPDX-License-Identifier: Apache-2.0
/** Traffic of a tenant from a Prometheus that scrapes the gateways: range queries of its HTTP API, nothing else. */
import { KaasError } from '@kaas/errors'
import type { SeriesMetric } from '@kaas/http-contract'
import { z } from 'zod'

/** What Prometheus is asked for, by metric. Names of tenants are DNS labels, so nothing needs quoting. */
const QUERIES: Partial<Readonly<Record<SeriesMetric, (tenant: string, window: string) => string>>> = {
  bytesIn: (tenant, window) => `sum(rate(kaas_gateway_tenant_received_bytes_total{tenant="${tenant}"}[${window}]))`,
  bytesOut: (tenant, window) => `sum(rate(kaas_gateway_tenant_sent_bytes_total{tenant="${tenant}"}[${window}]))`,
  requests: (tenant, window) => `sum(rate(kaas_gateway_tenant_requests_total{tenant="${tenant}"}[${window}]))`,
  connections: (tenant) => `sum(kaas_gateway_tenant_connections{tenant="${tenant}"})`,
}

const TIMEOUT_MS = 8_000

const rangeAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })),
  }),
})

/** Which part of time. All in milliseconds. */
export interface PrometheusRange {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

/** Whether Prometheus is asked for this metric of a tenant; the others are sampled from Kafka. */
export function isInPrometheus(metric: SeriesMetric): boolean {
  return QUERIES[metric] !== undefined
}

/** Value by moment. Throws `component-failed` when Prometheus does not answer or not as it should. */
export async function queryPrometheus(
  baseUrl: string,
  metric: SeriesMetric,
  tenant: string,
  { fromMs, toMs, stepMs }: PrometheusRange,
): Promise<ReadonlyMap<number, number>> {
  // Rates need two scrapes in their window: four minutes hold some, whatever the usual interval.
  const window = `${Math.max(240, stepMs / 1000)}s`
  const url = new URL('api/v1/query_range', baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`)
  url.search = String(
    new URLSearchParams({
      query: QUERIES[metric]?.(tenant, window) ?? '',
      start: String(fromMs / 1000),
      end: String(toMs / 1000),
      step: String(stepMs / 1000),
    }),
  )
  const answer = rangeAnswer.safeParse(await fetchJson(url))
  if (!answer.success) throw failed('Prometheus answered in a shape that is not known.')
  const values = answer.data.data.result[0]?.values ?? []
  return new Map(values.map(([seconds, value]) => [Math.round(seconds * 1000), Number(value)]))
}

async function fetchJson(url: URL): Promise<unknown> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
    if (response.ok) return await response.json()
    throw failed(`Prometheus answered with status ${response.status}.`)
  } catch (error) {
    if (error instanceof KaasError) throw error
    throw failed(`Prometheus does not answer: ${error instanceof Error ? error.message : error}.`)
  }
}

function failed(message: string): KaasError {
  return new KaasError('component-failed', { message, help: 'Check KAAS_PROMETHEUS_URL and that Prometheus runs.' })
}
