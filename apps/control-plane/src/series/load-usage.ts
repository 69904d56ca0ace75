// SPDX-License-Identifier: Apache-2.0
/** Usage over time for charts: which resolution, every moment of the range, and the limit beside the values. */
import { type PlanLimits, parseWorkload, type TenantSpec } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { SERIES_METRICS, type Series, type SeriesAnswer, type SeriesMetric } from '@kaas/http-contract'
import { limitsFor, virtualLimitsFor } from '@kaas/planner'
import { SERIES_STEPS, SERIES_VALUES, type SeriesName, type SeriesStep, type Store } from '@kaas/store'
import { absentError } from '../services/resource-paths.ts'
import { isInPrometheus, queryPrometheus } from './prometheus.ts'
import { SERIES_KEPT } from './sampler.ts'

/** What is asked. Times are RFC 3339. */
export interface UsageQuestion {
  readonly metrics: string
  readonly topic?: string | undefined
  readonly group?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Where usage is read. */
export interface UsageParts {
  readonly store: Store
  readonly prometheusUrl?: string | undefined
}

const HOUR_MS = 3_600_000

/** Throws `resource-absent` for an unknown tenant and `usage-invalid` for metrics or times that are none. */
export async function loadUsage(
  { store, prometheusUrl }: UsageParts,
  tenant: string,
  question: UsageQuestion,
): Promise<SeriesAnswer> {
  const stored = await store.loadResource({ kind: 'Tenant', name: tenant })
  if (stored === undefined) throw absentError({ kind: 'Tenant', name: tenant })
  const name = nameOf(tenant, question)
  const metrics = parseMetrics(question.metrics, name)
  const range = parseRange(question)
  const fromPrometheus = prometheusUrl !== undefined && name.kind === 'tenant' && metrics.some(isInPrometheus)
  const [sampled, since] = [await loadSampled(store, name, range), await store.seriesSince(name)]
  const series = metrics.map(async (metric): Promise<Series> => {
    const values =
      fromPrometheus && isInPrometheus(metric)
        ? await queryPrometheus(prometheusUrl, metric, tenant, range)
        : columnOf(sampled, name.kind, metric)
    return seriesOf(metric, name, stored.spec, pointsOf(values, range))
  })
  return {
    stepMs: range.stepMs,
    series: await Promise.all(series),
    source: fromPrometheus ? 'prometheus' : 'sampled',
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
  }
}

function nameOf(tenant: string, { topic, group }: UsageQuestion): SeriesName {
  if (topic !== undefined && group !== undefined) throw wrong('Ask for a topic or for a group, not for both.')
  if (topic !== undefined) return { tenant, kind: 'topic', name: topic }
  return group === undefined ? { tenant, kind: 'tenant', name: '' } : { tenant, kind: 'group', name: group }
}

function parseMetrics(text: string, { kind }: SeriesName): readonly SeriesMetric[] {
  const known: readonly string[] = SERIES_VALUES[kind]
  const metrics = [...new Set(text.split(',').map((each) => each.trim()))]
  const unknown = metrics.find((metric) => !known.includes(metric))
  if (unknown === undefined) return metrics as readonly SeriesMetric[]
  throw wrong(`There is no metric "${unknown.slice(0, 40)}" of a ${kind}; there are ${known.join(', ')}.`)
}

interface Range {
  readonly step: SeriesStep
  readonly stepMs: number
  /** At a step each. */
  readonly fromMs: number
  readonly toMs: number
}

/** Minutes while they are kept and do not become too many, else hours. */
function parseRange({ from, to }: UsageQuestion): Range {
  const nowMs = Date.now()
  const toMs = Math.min(nowMs, to === undefined ? nowMs : parseTime(to))
  const fromMs = from === undefined ? toMs - HOUR_MS : parseTime(from)
  if (fromMs > toMs) throw wrong('The range ends before it begins.')
  const step = fromMs >= nowMs - SERIES_KEPT.minutesMs - HOUR_MS ? 'minute' : 'hour'
  const { stepMs } = SERIES_STEPS[step]
  const earliest = Math.max(fromMs, nowMs - SERIES_KEPT.hoursMs)
  return { step, stepMs, fromMs: Math.floor(earliest / stepMs) * stepMs, toMs: Math.floor(toMs / stepMs) * stepMs }
}

function parseTime(text: string): number {
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms)) throw wrong(`"${text.slice(0, 60)}" is not a time such as 2026-01-31T08:00:00Z.`)
  return ms
}

type Points = Awaited<ReturnType<Store['loadSeries']>>

/** The hours that are not over yet have no point of their own; the last minute in them stands for them. */
async function loadSampled(store: Store, name: SeriesName, { step, fromMs, toMs }: Range): Promise<Points> {
  const points = await store.loadSeries(name, step, fromMs, toMs)
  if (step === 'minute') return points
  const lastHour = points.at(-1)?.atMs ?? fromMs - HOUR_MS
  const open = await store.loadSeries(name, 'minute', Math.max(lastHour + HOUR_MS, toMs - 2 * HOUR_MS), toMs + HOUR_MS)
  const hours = Map.groupBy(open, ({ atMs }) => Math.floor(atMs / HOUR_MS) * HOUR_MS)
  return [...points, ...[...hours].flatMap(([atMs, minutes]) => minutes.slice(-1).map(({ values }) => ({ atMs, values })))]
}

function columnOf(points: Points, kind: SeriesName['kind'], metric: SeriesMetric): ReadonlyMap<number, number> {
  const at = (SERIES_VALUES[kind] as readonly string[]).indexOf(metric)
  return new Map(
    points.flatMap(({ atMs, values }): [number, number][] => {
      const value = values[at] ?? null
      return value === null ? [] : [[atMs, value]]
    }),
  )
}

/** Every moment of the range from the first on that something is known of; silence is null. */
function pointsOf(values: ReadonlyMap<number, number>, { fromMs, toMs, stepMs }: Range): [number, number | null][] {
  const points: [number, number | null][] = []
  for (let atMs = fromMs; atMs <= toMs; atMs += stepMs) points.push([atMs, values.get(atMs) ?? null])
  return points
}

function seriesOf(
  metric: SeriesMetric,
  { kind, name }: SeriesName,
  spec: TenantSpec,
  points: [number, number | null][],
): Series {
  const limit = kind === 'tenant' ? limitOf(metric, limitsOf(spec)) : undefined
  return {
    metric,
    unit: SERIES_METRICS[metric].unit,
    ...(kind === 'topic' ? { topic: name } : {}),
    ...(kind === 'group' ? { group: name } : {}),
    ...(limit === undefined ? {} : { limit }),
    points,
  }
}

function limitsOf({ isolation, workload }: TenantSpec): PlanLimits {
  return (isolation === 'virtual' ? virtualLimitsFor : limitsFor)(parseWorkload(workload))
}

function limitOf(metric: SeriesMetric, limits: PlanLimits): number | undefined {
  switch (metric) {
    case 'bytesIn':
      return limits.produceBytesPerSecond
    case 'bytesOut':
      return limits.consumeBytesPerSecond
    case 'connections':
      return limits.connections
    case 'partitions':
      return limits.partitions
    case 'storedBytes':
      return limits.storageBytes
    case 'requests':
      return limits.requestsPerSecond
    case 'recordsIn':
    case 'lag':
      return undefined
    default:
      return metric satisfies never
  }
}

function wrong(message: string): KaasError {
  return new KaasError('usage-invalid', { message, help: 'The page /openapi.json describes what can be asked.' })
}
