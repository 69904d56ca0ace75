// SPDX-License-Identifier: Apache-2.0
/**
 * `npm run test:cluster`: the tests against a real Kubernetes API server, whose programs are built when they are not there. Arguments
 * narrow them to files. With KUBECONFIG, the tests that need nothing but an API server run against that one.
 */
import { renderFailures, renderResult, runPart } from './runner/part.ts'
import { vitestPart } from './runner/vitest-part.ts'

/** A first build takes half an hour; the tests themselves some minutes. */
const TIMEOUT_MS = 75 * 60_000

const result = await runPart(vitestPart('cluster', 'live', TIMEOUT_MS, process.argv.slice(2)))
console.log(renderResult(result) + (result.output && `\n${result.output}`))
for (const line of renderFailures([result])) console.log(line)
console.log(`${result.passed} passed, ${result.failed} failed`)
process.exitCode = result.failed === 0 ? 0 : 1
