// SPDX-License-Identifier: Apache-2.0
/**
 * `npm test`: installs the system’s programs that the tests need, then check, preparation, integration, system, and cluster when its programs
 * are built; stops at the first part that fails. Ends with a line for each failure, and `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { runCheckParts } from './runner/check-parts.ts'
import { type PartResult, renderFailures, renderResult, runPart, sumOf } from './runner/part.ts'
import { installSystemPackages } from './runner/system-packages.ts'
import { vitestPart } from './runner/vitest-part.ts'

const MINUTE_MS = 60_000
const EXIT_UNAVAILABLE = 10

// The cluster of a developer is only for `npm run test:cluster`, where it was asked for.
delete process.env.KUBECONFIG
const started = performance.now()
const missing = await installSystemPackages(console.log)
if (missing !== undefined) {
  console.log(missing)
  console.log('0 passed, 1 failed')
  process.exit(EXIT_UNAVAILABLE)
}
const results = await runUntilFailure([
  { title: 'check: types, style, unit tests and the rules of the house', run: () => runCheckParts(console.log) },
  { title: 'preparation: what the tests need, got or built once', run: prepare },
  { title: 'integration: real Kafka, PostgreSQL and processes', run: () => runVitest('integration', 40 * MINUTE_MS) },
  { title: 'system: the running product and real clients', run: () => runVitest('system', 60 * MINUTE_MS) },
  { title: 'cluster: a real Kubernetes API server, Flux and Cluster API', run: runClusterWhenBuilt },
])
const total = sumOf(results)
console.log(`\nAfter ${((performance.now() - started) / MINUTE_MS).toFixed(1)} minutes:`)
for (const line of renderFailures(results)) console.log(line)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)

interface Stage {
  readonly title: string
  readonly run: () => Promise<readonly PartResult[]>
}

async function runUntilFailure(stages: readonly Stage[]): Promise<readonly PartResult[]> {
  const results: PartResult[] = []
  for (const stage of stages) {
    console.log(`\n== ${stage.title}`)
    results.push(...(await stage.run()))
    if (sumOf(results).failed > 0) break
  }
  return results
}

async function prepare(): Promise<readonly PartResult[]> {
  const command = ['node', 'tools/prepare-tests.ts'] as const
  const result = await runPart({ name: 'preparation', command, output: 'live', timeoutMs: 25 * MINUTE_MS })
  console.log(renderResult(result))
  return [result]
}

/** Building takes half an hour, so only who asks for it builds. What was not run counts neither as passed nor as failed. */
async function runClusterWhenBuilt(): Promise<readonly PartResult[]> {
  const { status } = spawnSync('node', ['test/cluster/is-built.ts'], { stdio: 'inherit' })
  if (status === 0) return runVitest('cluster', 30 * MINUTE_MS)
  console.log('Not run: its programs are not built on this machine. npm run test:cluster builds them once and runs it.')
  return []
}

async function runVitest(project: string, timeoutMs: number): Promise<readonly PartResult[]> {
  const result = await runPart(vitestPart(project, 'live', timeoutMs))
  console.log(renderResult(result) + (result.output && `\n${result.output}`))
  return [result]
}
