// SPDX-License-Identifier: Apache-2.0
/** Clients that push their metrics (KIP-714) as they do unless told otherwise, what they complain of, and what the gateway counts. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonEnvironment, runProgram, temporaryDirectory, waitFor } from '@kaas/testkit'
import type { JavaRuns } from './both-ways.ts'
import type { Stage } from './stage.ts'

const TIMEOUT_MS = 90_000
/** Client logs are silent in tests; here a warning must be seen. */
const LOG_WARNINGS = `<Configuration status="ERROR" shutdownHook="disable">
  <Appenders><Console name="out" target="SYSTEM_OUT"><PatternLayout pattern="%p %c %m%n"/></Console></Appenders>
  <Loggers><Root level="WARN"><AppenderRef ref="out"/></Root></Loggers>
</Configuration>
`

/** What a Java producer and a Java administration client print with their warnings. */
export async function pushFromJava(java: JavaRuns): Promise<string> {
  const [program, ...options] = java.command('gateway', 'Telemetry')
  const file = join(temporaryDirectory('log4j'), 'warnings.xml')
  writeFileSync(file, LOG_WARNINGS)
  const beforeClassPath = options.indexOf('-cp')
  options.splice(beforeClassPath, 0, `-Dlog4j2.configurationFile=${file}`)
  return (await runProgram(program, options, { timeoutMs: TIMEOUT_MS })).stdout
}

/** What librdkafka prints with its warnings while it produces and reads for a second and pushes. */
export async function pushFromLibrdkafka(stage: Stage): Promise<string> {
  const folder = fileURLToPath(new URL('clients/confluent-python/', import.meta.url))
  const python = await pythonEnvironment(join(folder, 'requirements.txt'))
  const task = { verb: 'steady', topic: 'events', group: 'steadily', seconds: 1 }
  const input = JSON.stringify({ ...stage.gateway('SCRAM-SHA-512'), ...task })
  return (await runProgram(python, [join(folder, 'client.py')], { input, timeoutMs: TIMEOUT_MS })).stderr
}

/** One count of the stage's tenant, as the gateway shows it now; 0 before there is one. */
export async function telemetryCount(stage: Stage, name: string): Promise<number> {
  const page = await (await fetch(`${stage.product.health}/metrics`)).text()
  const series = `kaas_gateway_tenant_telemetry_${name}{tenant="${stage.tenant}"}`
  const line = page.split('\n').find((each) => each.startsWith(`${series} `))
  return Number(line?.split(' ')[1] ?? 0)
}

/** Runs clients until one of theirs has pushed: who ends at once may have had no time to. Resolves with what the last run printed. */
export function untilPushed(stage: Stage, run: () => Promise<string>): Promise<string> {
  return waitFor(
    async () => {
      const before = await telemetryCount(stage, 'pushes_total')
      const printed = await run()
      return (await telemetryCount(stage, 'pushes_total')) > before && printed
    },
    { what: 'a push of metrics' },
  )
}
