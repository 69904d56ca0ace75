// SPDX-License-Identifier: Apache-2.0
/**
 * `npm run test:faults`: the faults under load at their full length. A broker is frozen for 30 s and cut off for as long;
 * `npm test` has the same with 4 s. `KAAS_FAULT_SECONDS` sets another length.
 */
import { renderFailures, renderResult, runPart } from './runner/part.ts'
import { installSystemPackages } from './runner/system-packages.ts'
import { vitestPart } from './runner/vitest-part.ts'

const TIMEOUT_MS = 15 * 60_000

process.env.KAAS_FAULT_SECONDS ??= '30'
const missing = await installSystemPackages(console.log)
if (missing === undefined) {
  const result = await runPart(vitestPart('system', 'live', TIMEOUT_MS, ['test/gateway-fleet/faults.test.ts']))
  console.log(renderResult(result) + (result.output && `\n${result.output}`))
  for (const line of renderFailures([result])) console.log(line)
  console.log(`${result.passed} passed, ${result.failed} failed`)
  process.exitCode = result.failed === 0 ? 0 : 1
} else {
  console.log(missing)
  process.exitCode = 10
}
