// SPDX-License-Identifier: Apache-2.0
/** Usage and lag over time: one minute for two days, one hour for ninety, by default. */
import { z } from 'zod'
import type { CheckedCall } from '../call-api.ts'
import type { Route } from '../route.ts'

/** What is sampled. Rates are means over the step; the rest is the last value in it. */
export const SERIES_METRICS = {
  bytesIn: { unit: 'B/s', of: 'tenant, or one topic' },
  bytesOut: { unit: 'B/s', of: 'tenant' },
  requests: { unit: '1/s', of: 'tenant' },
  connections: { unit: '1', of: 'tenant' },
  partitions: { unit: '1', of: 'tenant' },
  storedBytes: { unit: 'B', of: 'tenant, or one topic' },
  recordsIn: { unit: '1/s', of: 'tenant, or one topic' },
  lag: { unit: '1', of: 'tenant, or one group' },
} as const
/** The name of one. */
export type SeriesMetric = keyof typeof SERIES_METRICS
const METRIC_NAMES = Object.keys(SERIES_METRICS) as [SeriesMetric, ...SeriesMetric[]]

/** Points are `[milliseconds since 1970, value]`, oldest first; null where nothing was heard. */
export const seriesSchema = z.object({
  metric: z.enum(METRIC_NAMES),
  unit: z.string(),
  topic: z.string().optional(),
  group: z.string().optional(),
  limit: z.number().optional().describe('What the plan allows, in the same unit'),
  points: z.array(z.tuple([z.number(), z.number().nullable()])),
})
export type Series = Readonly<z.infer<typeof seriesSchema>>

/** Which series. */
export const seriesQuerySchema = z.strictObject({
  metrics: z.string().describe('Names joined by commas'),
  topic: z.string().optional(),
  group: z.string().optional(),
  from: z.string().optional().describe('RFC 3339; default an hour ago'),
  to: z.string().optional().describe('RFC 3339; default now'),
})

const answer = z.object({
  stepMs: z.number().int(),
  series: z.array(seriesSchema),
  source: z.enum(['sampled', 'prometheus']),
  since: z.string().optional().describe('Since when something was heard at all'),
})
export type SeriesAnswer = Readonly<z.infer<typeof answer>>

/** The routes of series. */
export const SERIES_ROUTES = {
  series: {
    id: 'series',
    method: 'GET',
    path: '/v1/tenants/{tenant}/series',
    summary: 'Usage and lag of a tenant, a topic or a group over time.',
    access: 'granted',
    right: { verb: 'read', kind: 'Series' },
    params: z.object({ tenant: z.string().min(1) }),
    query: seriesQuerySchema,
    answers: { 200: answer },
  },
} as const satisfies Record<string, Route>

/** Calls of series. */
export interface SeriesCalls {
  series(
    tenant: string,
    question: {
      readonly metrics: readonly SeriesMetric[]
      readonly topic?: string
      readonly group?: string
      readonly from?: string
      readonly to?: string
    },
  ): Promise<SeriesAnswer>
}

/** Binds the calls. */
export function seriesCalls(call: CheckedCall): SeriesCalls {
  return {
    series: (tenant, { metrics, ...rest }) =>
      call(answer, {
        path: `/v1/tenants/${encodeURIComponent(tenant)}/series`,
        query: { ...rest, metrics: metrics.join(',') },
      }),
  }
}
