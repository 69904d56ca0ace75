// SPDX-License-Identifier: Apache-2.0
/** The gateway's counts in Prometheus form. Read when asked; labels come from the snapshot and the protocol, so they are bounded. */
import { apiOf } from '@kaas/kafka-protocol'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { type ApiTimes, type ApiTraffic, BUCKETS_MS, UNKNOWN_PLACE } from './api-traffic.ts'
import { ERROR_KINDS } from './error-kinds.ts'
import type { Gateway } from './gateway.ts'
import { counts, gauge, labelled, total } from './metric-shapes.ts'
import { addTenants } from './tenant-metrics.ts'
import type { Traffic } from './traffic.ts'

/** How often the lag of the event loop is sampled: each sample wakes an idle process. */
const LAG_SAMPLE_MS = 100

/** What the page shows beside the gateway's own counts. */
export interface MetricsSource {
  readonly gateway: Gateway
  /** Undefined where another process follows the stream. */
  readonly stream: StreamState | undefined
}

/** How the stream of the snapshot is. */
export interface StreamState {
  readonly isConnected: boolean
  /** Since the control plane was last heard, in milliseconds; 0 while the stream is open. */
  readonly ageMs: number
}

/** A registry over `source`. */
export function createMetrics(source: MetricsSource): Registry {
  const registry = processRegistry()
  addStates(registry, source)
  addCertificates(registry, source.gateway)
  addTraffic(registry, source.gateway.traffic)
  addTenants(registry, source.gateway.traffic)
  addApis(registry, source.gateway.traffic.apis)
  return registry
}

/** A registry of what every process shows of itself: memory, processor time, the event loop. */
export function processRegistry(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_SAMPLE_MS })
  return registry
}

function addStates(registry: Registry, { gateway, stream }: MetricsSource): void {
  const { traffic, snapshot } = gateway
  gauge(registry, 'kaas_gateway_connections', 'Open client connections.', () => traffic.connections)
  gauge(
    registry,
    'kaas_gateway_unauthenticated_connections',
    'Open connections not logged in.',
    () => traffic.unauthenticated,
  )
  const versionHelp = 'Version of the snapshot that is served from.'
  gauge(registry, 'kaas_gateway_snapshot_version', versionHelp, () => snapshot.version, 'min')
  gauge(registry, 'kaas_gateway_snapshot_tenants', 'Tenants in the snapshot.', () => snapshot.tenantCount, 'min')
  if (stream !== undefined) addStream(registry, stream)
  gauge(
    registry,
    'kaas_gateway_audit_events_waiting',
    'Events that the audit log does not have yet.',
    () => gateway.journal.backlog.waiting,
  )
}

/** Whether the stream of the snapshot is open, in the process that follows it. */
export function addStream(registry: Registry, stream: StreamState): void {
  gauge(registry, 'kaas_gateway_snapshot_connected', '1 while the snapshot stream is open.', () =>
    Number(stream.isConnected),
  )
  const help = 'Since when the control plane was not heard: how old the snapshot may be. 0 while the stream is open.'
  gauge(registry, 'kaas_gateway_snapshot_age_seconds', help, () => stream.ageMs / 1000)
}

function addCertificates(registry: Registry, gateway: Gateway): void {
  new Gauge({
    name: 'kaas_gateway_certificate_end_seconds',
    help: 'When the first certificate of a listener ends, in seconds since 1970.',
    labelNames: ['listener'],
    registers: [registry],
    aggregator: 'min',
    collect() {
      this.reset()
      for (const [listener, end] of gateway.certificatesEndAt) this.set({ listener }, end.getTime() / 1000)
    },
  })
}

function addTraffic(registry: Registry, traffic: Traffic): void {
  total(
    registry,
    'kaas_gateway_foreign_names_total',
    'Names of other tenants that brokers sent and the gateway took out.',
    () => traffic.foreignNames,
  )
  counts(registry, 'kaas_gateway_requests_total', 'Requests by API.', 'api', () =>
    [...traffic.requests].map(([key, count]) => [apiOf(key)?.name ?? 'unknown', count]),
  )
  counts(registry, 'kaas_gateway_connections_closed_total', 'Closed connections by reason.', 'reason', () => [
    ...traffic.closed,
  ])
  labelled(registry, 'kaas_gateway_logins_total', 'Log-ins by mechanism and result.', ['mechanism', 'result'], () =>
    [...traffic.logIns].map(([logIn, count]) => {
      const [mechanism = '', result = ''] = logIn.split(' ')
      return [{ mechanism, result }, count]
    }),
  )
  counts(
    registry,
    'kaas_gateway_refused_requests_total',
    'Requests that the gateway itself refused, by rule.',
    'rule',
    () => [...traffic.refusals],
  )
  total(
    registry,
    'kaas_gateway_blocked_addresses_total',
    'How often a client address was blocked because too many of its log-ins failed.',
    () => traffic.blockedAddresses,
  )
}

/** By tenant, API and direction; and how long answers take, by API. */
function addApis(registry: Registry, traffic: ApiTraffic): void {
  const byTenant = (name: string, help: string, directions: Directions): void =>
    labelled(registry, name, help, ['tenant', 'api', 'direction'], () => [...seriesOf(traffic, directions)])
  byTenant('kaas_gateway_api_requests_total', `Requests of a tenant by API. ${OTHERS}`, { in: 'requests' })
  byTenant('kaas_gateway_api_bytes_total', `Bytes of requests (in) and responses (out) of a tenant by API. ${OTHERS}`, {
    in: 'received',
    out: 'sent',
  })
  const errors = `Answers of brokers with an error, by tenant and API. Clients try again after "retriable". ${OTHERS}`
  labelled(registry, 'kaas_gateway_api_errors_total', errors, ['tenant', 'api', 'error'], () => [...errorsOf(traffic)])
  addTimes(registry, traffic)
}

/** Which count is shown as which direction. */
type Directions = Readonly<Record<string, 'requests' | 'received' | 'sent'>>

const OTHERS = 'Tenants beyond the first hundred are counted together as "(others)".'

function* seriesOf({ tenants }: ApiTraffic, directions: Directions) {
  for (const [tenant, counts] of tenants) {
    for (const [direction, key] of Object.entries(directions)) {
      for (const [place, count] of counts[key].entries()) {
        if (count > 0) yield [{ tenant, api: nameOf(place), direction }, count] as const
      }
    }
  }
}

function* errorsOf({ tenants }: ApiTraffic) {
  for (const [tenant, { errors }] of tenants) {
    for (const error of ERROR_KINDS) {
      for (const [place, count] of errors[error].entries()) {
        if (count > 0) yield [{ tenant, api: nameOf(place), error }, count] as const
      }
    }
  }
}

/** A histogram as its three parts: an own one of the library would be asked for its labels with every request. */
function addTimes(registry: Registry, traffic: ApiTraffic): void {
  const name = 'kaas_gateway_answer_seconds'
  const help = 'From a request to the beginning of its response, by API. A Fetch may wait for records.'
  labelled(registry, `${name}_bucket`, `${help} How many took at most "le" seconds.`, ['api', 'le'], () => [
    ...bucketsOf(traffic),
  ])
  const each = (read: (times: ApiTimes) => number) =>
    traffic.times.map((times, place) => [nameOf(place), read(times)] as const).filter(([, value]) => value > 0)
  counts(registry, `${name}_sum`, `${help} The sum.`, 'api', () => each(({ sumMs }) => sumMs / 1000))
  counts(registry, `${name}_count`, `${help} The number.`, 'api', () => each(countOf))
}

function* bucketsOf({ times }: ApiTraffic) {
  for (const [place, each] of times.entries()) {
    if (countOf(each) === 0) continue
    let upTo = 0
    for (const [index, ms] of [...BUCKETS_MS, Number.POSITIVE_INFINITY].entries()) {
      upTo += each.buckets[index] ?? 0
      yield [{ api: nameOf(place), le: Number.isFinite(ms) ? String(ms / 1000) : '+Inf' }, upTo] as const
    }
  }
}

function countOf({ buckets }: ApiTimes): number {
  return buckets.reduce((sum, each) => sum + each, 0)
}

function nameOf(place: number): string {
  return place === UNKNOWN_PLACE ? 'unknown' : (apiOf(place)?.name ?? 'unknown')
}
