// SPDX-License-Identifier: Apache-2.0
/** Starts the gateway: one process that does everything, or a supervisor and the processes that it starts from this same file. */
import cluster from 'node:cluster'
import { loadConfig, misspelledVariables } from '@kaas/configuration'
import { asKaasError, toExit } from '@kaas/errors'
import { pino } from 'pino'
import { GATEWAY_CONFIG, type GatewayConfig } from './config.ts'
import { processCount } from './processes/process-count.ts'
import { runSupervisor } from './processes/run-supervisor.ts'
import { runWorker } from './processes/run-worker.ts'
import { runAlone } from './run-alone.ts'

try {
  await run(loadConfig(GATEWAY_CONFIG, process.env))
} catch (thrown) {
  const error = asKaasError(thrown)
  process.stderr.write(`${error.message}\n${error.help ?? ''}\n`)
  process.exitCode = toExit(error)
  // Its line to the supervisor would keep a process alive that failed to start.
  if (cluster.isWorker) process.exit()
}

async function run(config: GatewayConfig): Promise<void> {
  const processes = processCount(config.gatewayProcesses)
  const { worker } = cluster
  const base = worker === undefined ? { component: 'gateway' } : { component: 'gateway', process: worker.id }
  const log = pino({ level: config.logLevel, base })
  if (worker !== undefined) {
    await runWorker(config, log, processes)
    return
  }
  for (const variable of misspelledVariables(GATEWAY_CONFIG, process.env)) {
    log.warn(variable, 'a variable is unknown and looks like another one')
  }
  await (processes > 1 ? runSupervisor(config, log, processes) : runAlone(config, log))
}
