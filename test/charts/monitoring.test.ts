// SPDX-License-Identifier: Apache-2.0
/** Rules that wake people: each asks for a metric that the app has, and says what to do. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { EXAMPLES, type Json, objectsOf, ofKind } from './charts.ts'

const RULES = EXAMPLES.flatMap((each) =>
  ofKind(objectsOf(each), 'PrometheusRule').flatMap(({ spec }) =>
    spec.groups.flatMap(({ rules }: Json) => rules.map((rule: Json) => ({ ...each, rule, alert: rule.alert as string }))),
  ),
)
/** All code of an app, in which the name of each of its metrics stands as a text. */
function codeOf(app: string): string {
  const folder = fileURLToPath(new URL(`../../apps/${app}/src`, import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  return files.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n')
}
const CODE = { gateway: codeOf('gateway'), 'control-plane': codeOf('control-plane') } as const

/** Of cert-manager, and of the library that both apps collect their process's own numbers with. */
const FROM_ELSEWHERE =
  /^(certmanager_certificate_expiration_timestamp_seconds|nodejs_eventloop_lag_p99_seconds|process_start_time_seconds)$/

describe('an alert', () => {
  it.each(RULES)('$chart $example, $alert asks for metrics that there are', ({ chart, rule }) => {
    const names = [...rule.expr.matchAll(/([a-z][a-z0-9_]*)\{/g)].map(([, name]) => name as string)
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) {
      if (!FROM_ELSEWHERE.test(name))
        expect(CODE[chart as keyof typeof CODE].includes(`'${name.replace(/_(bucket|count|sum)$/, '')}'`), name).toBe(true)
    }
  })

  it.each(RULES)('$chart $example, $alert says what it means and what to do', ({ rule }) => {
    expect(['critical', 'warning']).toContain(rule.labels.severity)
    expect(rule.annotations.summary).toMatch(/\.$/)
    expect(rule.annotations.action).toMatch(/\.$/)
    expect(rule.for).toMatch(/^\d+[mh]$/)
  })
})

describe('Prometheus finds', () => {
  const monitors = EXAMPLES.map((each) => ({ ...each, objects: objectsOf(each) })).filter(
    ({ objects }) => ofKind(objects, 'PodMonitor').length > 0,
  )

  it.each(monitors)('the pods of $chart, example $example, on a port that they have [R103]', ({ objects }) => {
    const [{ spec }] = ofKind(objects, 'PodMonitor')
    const [deployment] = ofKind(objects, 'Deployment')
    expect(deployment.spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels)
    const ports = deployment.spec.template.spec.containers[0].ports.map((each: Json) => each.name)
    for (const { port } of spec.podMetricsEndpoints) expect(ports).toContain(port)
  })
})
