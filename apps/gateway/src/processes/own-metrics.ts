// SPDX-License-Identifier: Apache-2.0
/** What the supervisor shows of itself beside the sums over its processes. */
import type { Registry } from 'prom-client'
import { gauge, total } from '../metric-shapes.ts'
import { addStream, processRegistry, type StreamState } from '../metrics.ts'

/** What is shown. */
export interface Supervised {
  readonly stream: StreamState
  serving(): number
  restarts(): number
}

/** A registry over it. */
export function ownMetrics({ stream, serving, restarts }: Supervised): Registry {
  const registry = processRegistry()
  addStream(registry, stream)
  gauge(registry, 'kaas_gateway_processes', 'Processes that serve the ports of this gateway.', serving)
  total(registry, 'kaas_gateway_process_restarts_total', 'Processes that ended unasked and were started anew.', restarts)
  return registry
}
