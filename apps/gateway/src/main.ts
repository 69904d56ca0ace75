// SPDX-License-Identifier: Apache-2.0
/** Starts the gateway as a process: reads configuration and files, serves until told to stop, and stops in order. */
import { loadConfig, misspelledVariables } from '@kaas/configuration'
import { asKaasError, toExit } from '@kaas/errors'
import type { Log } from '@kaas/telemetry'
import { pino } from 'pino'
import { startLoadReporter } from './allowance/load-reporter.ts'
import { loadBearerTokens } from './bearer-tokens.ts'
import { GATEWAY_CONFIG, type GatewayConfig } from './config.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { DEFAULT_LIMITS, type Limits } from './gateway-parts.ts'
import { startHealth } from './health.ts'
import { type FollowedFiles, followFiles } from './listeners/follow-files.ts'
import { type ListenerSource, readListeners } from './listeners/listener-file.ts'
import { createMetrics } from './metrics.ts'
import { SnapshotClient } from './snapshot/snapshot-client.ts'
import { ownYoungMemory } from './young-memory.ts'

/** How often files are looked at for changes. */
const FOLLOW_MS = 5000

try {
  await run(loadConfig(GATEWAY_CONFIG, process.env))
} catch (thrown) {
  const error = asKaasError(thrown)
  process.stderr.write(`${error.message}\n${error.help ?? ''}\n`)
  process.exitCode = toExit(error)
}

async function run(config: GatewayConfig): Promise<void> {
  const log = pino({ level: config.logLevel, base: { component: 'gateway' } })
  for (const variable of misspelledVariables(GATEWAY_CONFIG, process.env)) {
    log.warn(variable, 'a variable is unknown and looks like another one')
  }
  if (!ownYoungMemory()) log.warn({}, 'the young memory cannot be collected by itself: relaying will cost more')
  const source = listenerSourceOf(config)
  const read = await readListeners(source)
  const gateway = await startGateway({
    listeners: read.listeners,
    serviceCredentialsFile: config.serviceCredentialsFile,
    bearerTokens: await loadBearerTokens(config.gatewayIssuersFile, log),
    limits: limitsOf(config),
    drainMs: config.gatewayDrain,
    log,
  })
  const files = followListeners(source, gateway, log)
  files.follow(read.files)
  const stream = new SnapshotClient(
    { url: config.snapshotUrl, tokenFile: config.snapshotTokenFile, lastGoodFile: config.snapshotFile },
    gateway.snapshot,
    log,
  )
  const health = await openHealth(config, gateway, stream)
  await stream.start()
  const stopReports = startLoadReporter(config.snapshotUrl, config.snapshotTokenFile, gateway.load, log)
  log.info({ ports: Object.fromEntries(gateway.ports), health: config.gatewayHealthPort }, 'the gateway serves')
  await stopSignal()
  log.info({}, 'the gateway stops')
  files.stop()
  stopReports()
  await Promise.all([gateway.stop(), stream.stop()])
  health.close()
}

/** A gateway that nobody could look at does not start. */
async function openHealth(config: GatewayConfig, gateway: Gateway, stream: SnapshotClient) {
  const registry = createMetrics({ gateway, isStreamConnected: () => stream.isConnected })
  const page = { isReady: gateway.isReady, metrics: () => registry.metrics() }
  return await startHealth(config.gatewayHealthHost, config.gatewayHealthPort, page).catch(async (error: unknown) => {
    await gateway.stop()
    throw error
  })
}

function listenerSourceOf(config: GatewayConfig): ListenerSource {
  return {
    file: config.gatewayListenersFile,
    host: config.kafkaHost,
    port: config.kafkaPort,
    advertisedHost: config.kafkaAdvertisedHost,
    certificateFile: config.gatewayCertificateFile,
    keyFile: config.gatewayKeyFile,
  }
}

/** Takes changed files, and those after a SIGHUP, without closing a connection. What cannot be used is logged, and the old goes on. */
function followListeners(source: ListenerSource, gateway: Gateway, log: Log): FollowedFiles {
  const reload = async () => {
    try {
      const { listeners, files } = await readListeners(source)
      await gateway.reload(listeners)
      followed.follow(files)
      log.info({ ports: Object.fromEntries(gateway.ports) }, 'listeners and certificates were read again')
    } catch (thrown) {
      const { message, help } = asKaasError(thrown)
      log.error({ error: message, help }, 'listeners or certificates cannot be used: the old ones stay')
    }
  }
  const followed = followFiles(FOLLOW_MS, reload)
  process.on('SIGHUP', () => void reload())
  return followed
}

function limitsOf(config: GatewayConfig): Limits {
  return {
    ...DEFAULT_LIMITS,
    patience: {
      logInMs: config.gatewayLoginTimeout,
      frameMs: config.gatewayRequestTimeout,
      writeMs: config.gatewayWriteTimeout,
    },
    unauthenticatedConnections: config.gatewayUnauthenticatedConnections,
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}
