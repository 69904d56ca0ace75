// SPDX-License-Identifier: Apache-2.0
/** Starts the control plane as a process: reads configuration and secrets, serves until told to stop, and stops in order. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { loadConfig, misspelledVariables } from '@kaas/configuration'
import { asKaasError, toExit } from '@kaas/errors'
import { pino } from 'pino'
import { CONTROL_PLANE_CONFIG, type ControlPlaneConfig } from './config.ts'
import { type ControlPlaneOptions, startControlPlane } from './control-plane.ts'
import { readKey, readToken } from './read-secrets.ts'

/** After this a stop that hangs ends hard; intent is in the database in any case. */
const STOP_TIMEOUT_MS = 20_000

try {
  await run(loadConfig(CONTROL_PLANE_CONFIG, process.env))
} catch (thrown) {
  fail(thrown)
}

async function run(config: ControlPlaneConfig): Promise<void> {
  const log = pino({ level: config.logLevel, base: { component: 'control-plane' } })
  for (const variable of misspelledVariables(CONTROL_PLANE_CONFIG, process.env)) {
    log.warn(variable, 'a variable is unknown and looks like another one')
  }
  const started = performance.now()
  const controlPlane = await startControlPlane({ ...optionsOf(config), log })
  log.info({ url: controlPlane.url, readyMs: Math.round(performance.now() - started) }, 'the control plane is ready')
  const stop = (signal: string) => {
    log.info({ signal }, 'the control plane stops')
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
    controlPlane.close().then(() => process.exit(0), fail)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

function optionsOf(config: ControlPlaneConfig): Omit<ControlPlaneOptions, 'log'> {
  const secretsKey = readKey(config.secretsKeyFile, 'KAAS_SECRETS_KEY_FILE')
  const cacheDirectory = config.cacheDir ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kaas')
  return {
    host: config.apiHost,
    port: config.apiPort,
    store:
      config.databaseUrl === undefined
        ? { directory: join(resolve(config.stateDir), 'database'), cacheDirectory, secretsKey }
        : { databaseUrl: config.databaseUrl, secretsKey },
    tokens: {
      administrator: readToken(config.tokenFile, 'KAAS_TOKEN_FILE'),
      gateway: readToken(config.gatewayTokenFile, 'KAAS_GATEWAY_TOKEN_FILE'),
    },
    clustersFile: config.clustersFile,
    bootstrapAddress: config.bootstrapAddress,
    eventsKeptMs: config.eventsKept,
    auditKeptMs: config.auditKept,
  }
}

function fail(thrown: unknown): void {
  const error = asKaasError(thrown)
  process.stderr.write(`${error.message}\n${error.help ?? ''}\n`)
  process.exit(toExit(error))
}
