// SPDX-License-Identifier: Apache-2.0
/** Usage and lag over time, of a tenant, one topic or one group. */
import type { SeriesMetric } from '@kaas/http-contract'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from './api.ts'

/** Which series. `rangeMs` ends now. */
export interface SeriesQuestion {
  readonly tenant: string
  readonly metrics: readonly SeriesMetric[]
  readonly topic?: string
  readonly group?: string
  readonly rangeMs: number
}

/** Sampled once a minute: asking more often tells nothing new. */
const REFRESH_MS = 30_000

/** The series, renewed while somebody looks. */
export function seriesQuery({ tenant, rangeMs, ...question }: SeriesQuestion) {
  return queryOptions({
    queryKey: ['series', tenant, question, rangeMs],
    queryFn: ({ signal }) => api(signal).series(tenant, { ...question, from: new Date(Date.now() - rangeMs).toISOString() }),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  })
}
