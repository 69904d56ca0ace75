// SPDX-License-Identifier: Apache-2.0
/** What the gateway counts by tenant, in Prometheus form: traffic, connections, limits that it met, and metrics that clients push. */
import type { Registry } from 'prom-client'
import { counts, gaugeByTenant } from './metric-shapes.ts'
import type { TenantTelemetry } from './telemetry/tenant-telemetry.ts'
import type { LimitCounts, TenantTraffic, Traffic } from './traffic.ts'

/** How often a tenant met limits of its rates and connections. How long it rested is with its traffic. */
const LIMITS: readonly (readonly [count: keyof LimitCounts, name: string, help: string])[] = [
  [
    'throttledRequests',
    'kaas_gateway_tenant_throttled_requests_total',
    'Requests of a tenant behind which their connection had to rest: the tenant was beyond a rate of bytes or requests.',
  ],
  [
    'delayedConnections',
    'kaas_gateway_tenant_delayed_connections_total',
    'New connections of a tenant that had to wait for their turn: too many came at a time.',
  ],
  [
    'refusedConnections',
    'kaas_gateway_tenant_refused_connections_total',
    'Connections of a tenant that were closed after their log-in: it had all its connections, or too many came at a time.',
  ],
]

/** Adds them to `registry`. */
export function addTenants(registry: Registry, traffic: Traffic): void {
  const perTenant = (name: string, help: string, read: (counted: TenantTraffic) => number): void =>
    counts(registry, name, help, 'tenant', () => [...traffic.tenants].map(([tenant, counted]) => [tenant, read(counted)]))
  perTenant('kaas_gateway_tenant_requests_total', 'Requests of a tenant.', (counted) => counted.requests)
  perTenant(
    'kaas_gateway_tenant_received_bytes_total',
    'Bytes from clients of a tenant.',
    (counted) => counted.bytesFromClients,
  )
  perTenant('kaas_gateway_tenant_sent_bytes_total', 'Bytes to clients of a tenant.', (counted) => counted.bytesToClients)
  perTenant(
    'kaas_gateway_tenant_throttled_seconds_total',
    'How long connections of a tenant had to rest because it was beyond its rate, added up over them.',
    (counted) => counted.restedMs / 1000,
  )
  const help = 'Open connections of a tenant.'
  gaugeByTenant(registry, 'kaas_gateway_tenant_connections', help, () =>
    [...traffic.tenants].map(([tenant, counted]) => [tenant, counted.connections]),
  )
  addTelemetry(registry, traffic)
  for (const [count, name, text] of LIMITS) perTenant(name, text, ({ limited }) => limited[count])
}

/** What clients push (KIP-714). */
function addTelemetry(registry: Registry, traffic: Traffic): void {
  const each = (read: (telemetry: TenantTelemetry) => number) => () =>
    [...traffic.tenants].map(([tenant, { telemetry }]) => [tenant, read(telemetry)] as const)
  const clients = 'Clients of a tenant that push their metrics (KIP-714) and were heard within a quarter of an hour.'
  const byNow = each((telemetry) => telemetry.clientsAt(Date.now()))
  gaugeByTenant(registry, 'kaas_gateway_tenant_telemetry_clients', clients, byNow)
  const perTenant = (name: string, help: string, read: (telemetry: TenantTelemetry) => number): void =>
    counts(registry, name, help, 'tenant', each(read))
  const pushes = 'How often clients of a tenant pushed their metrics. They are counted, not read.'
  perTenant('kaas_gateway_tenant_telemetry_pushes_total', pushes, (telemetry) => telemetry.pushes)
  const bytes = 'Bytes of metrics that clients of a tenant pushed, as they came.'
  perTenant('kaas_gateway_tenant_telemetry_bytes_total', bytes, (telemetry) => telemetry.bytes)
  const refused = 'Pushes, and questions what to push, that were refused: too early, too large, or for another subscription.'
  perTenant('kaas_gateway_tenant_telemetry_refused_total', refused, (telemetry) => telemetry.refused)
}
