// SPDX-License-Identifier: Apache-2.0
/** The gateway's counts in Prometheus form. Read when asked; labels come from the snapshot and the protocol, so they are bounded. */
import { apiOf } from '@kaas/kafka-protocol'
import { type Aggregator, Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Gateway } from './gateway.ts'
import type { TenantTraffic, Traffic } from './traffic.ts'

/** How often the lag of the event loop is sampled: each sample wakes an idle process. */
const LAG_SAMPLE_MS = 100

/** What the page shows beside the gateway's own counts. */
export interface MetricsSource {
  readonly gateway: Gateway
  /** Undefined where another process follows the stream. */
  readonly isStreamConnected: (() => boolean) | undefined
}

/** A registry over `source`. */
export function createMetrics(source: MetricsSource): Registry {
  const registry = processRegistry()
  addStates(registry, source)
  addCertificates(registry, source.gateway)
  addTraffic(registry, source.gateway.traffic)
  addTenants(registry, source.gateway.traffic)
  return registry
}

/** A registry of what every process shows of itself: memory, processor time, the event loop. */
export function processRegistry(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_SAMPLE_MS })
  return registry
}

function addStates(registry: Registry, { gateway, isStreamConnected }: MetricsSource): void {
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
  if (isStreamConnected !== undefined) addStream(registry, isStreamConnected)
}

/** Whether the stream of the snapshot is open, in the process that follows it. */
export function addStream(registry: Registry, isConnected: () => boolean): void {
  gauge(registry, 'kaas_gateway_snapshot_connected', '1 while the snapshot stream is open.', () => Number(isConnected()))
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
  counts(registry, 'kaas_gateway_logins_total', 'Log-ins by mechanism and outcome.', 'login', () => [...traffic.logIns])
}

function addTenants(registry: Registry, traffic: Traffic): void {
  const perTenant = (name: string, help: string, read: (counted: TenantTraffic) => number): void =>
    counts(registry, name, help, 'tenant', () => [...traffic.tenants].map(([tenant, counted]) => [tenant, read(counted)]))
  perTenant('kaas_gateway_tenant_requests_total', 'Requests of a tenant.', (counted) => counted.requests)
  perTenant(
    'kaas_gateway_tenant_received_bytes_total',
    'Bytes from clients of a tenant.',
    (counted) => counted.bytesFromClients,
  )
  perTenant('kaas_gateway_tenant_sent_bytes_total', 'Bytes to clients of a tenant.', (counted) => counted.bytesToClients)
  new Gauge({
    name: 'kaas_gateway_tenant_connections',
    help: 'Open connections of a tenant.',
    labelNames: ['tenant'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [tenant, counted] of traffic.tenants) this.set({ tenant }, counted.connections)
    },
  })
}

/** `aggregator`: what several processes of one gateway show together. */
export function gauge(
  registry: Registry,
  name: string,
  help: string,
  read: () => number,
  aggregator: Aggregator = 'sum',
): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    aggregator,
    collect() {
      this.set(read())
    },
  })
}

/** A count over all labels, as it is now. */
export function total(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset()
      this.inc(read())
    },
  })
}

function counts(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  read: () => readonly (readonly [string, number])[],
): void {
  new Counter({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset()
      for (const [value, count] of read()) this.inc({ [label]: value }, count)
    },
  })
}
