// SPDX-License-Identifier: Apache-2.0
/** How often tenants met limits of their rates and connections, in Prometheus form. How long they rested is with their traffic. */
import { Counter, type Registry } from 'prom-client'
import type { LimitCounts, Traffic } from './traffic.ts'

const COUNTERS: readonly (readonly [count: keyof LimitCounts, name: string, help: string])[] = [
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
export function addLimits(registry: Registry, { tenants }: Traffic): void {
  for (const [count, name, help] of COUNTERS) {
    new Counter({
      name,
      help,
      labelNames: ['tenant'],
      registers: [registry],
      collect() {
        this.reset()
        for (const [tenant, { limited }] of tenants) this.inc({ tenant }, limited[count])
      },
    })
  }
}
