// SPDX-License-Identifier: Apache-2.0
/** Prints the reference page of metrics, `docs/reference/metrics-gateway.md`, from what the gateway registers. The drift check keeps the two equal. */
import type { Registry } from 'prom-client'
import type { Gateway } from './gateway.ts'
import { createMetrics } from './metrics.ts'
import { ownMetrics } from './processes/own-metrics.ts'
import { Traffic } from './traffic.ts'

const INTRODUCTION = `# Metrics of the gateway

What \`/metrics\` at the health port shows, in Prometheus form. With several processes it is the sum over them; versions and dates are those of the
process that is furthest behind. Beside these there are the usual metrics of the process: \`process_*\` and \`nodejs_*\`.

Every label has few values: tenants are those of the snapshot that have connections here, APIs those of Kafka, reasons and rules those of the code. By tenant
*and* API only the first hundred tenants are counted, the others together as \`(others)\`. No metric has names of topics, users or addresses.
`

/** The whole page in Markdown. */
export function renderMetricsReference(): string {
  // Only names are asked for: nothing of it is read.
  const gateway = { traffic: new Traffic() } as Gateway
  const stream = { isConnected: false, ageMs: 0 }
  const served = rowsOf(createMetrics({ gateway, stream }))
  const owned = rowsOf(ownMetrics({ stream, serving: () => 0, restarts: () => 0 }))
  const rows = [...new Set([...served, ...owned])].sort()
  return [INTRODUCTION, '| metric | kind | labels | what |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}

/** The library's types do not know what its metrics have: their names of labels. */
type Described = { readonly name: string; readonly help: string; readonly labelNames: readonly string[] }

function rowsOf(registry: Registry): readonly string[] {
  const metrics = registry.getMetricsAsArray() as unknown as readonly Described[]
  return metrics
    .filter(({ name }) => name.startsWith('kaas_'))
    .map((metric) => {
      const labels = metric.labelNames.map((label) => `\`${label}\``).join(', ')
      return `| \`${metric.name}\` | ${metric.constructor.name.toLowerCase()} | ${labels || '–'} | ${metric.help} |`
    })
}
