// SPDX-License-Identifier: Apache-2.0
/** Starts the gateway as a process: reads configuration and files, serves until told to stop, and stops in order. */
import { readFile } from 'node:fs/promises'
import { loadConfig, misspelledVariables } from '@kaas/configuration'
import { asKaasError, KaasError, toExit } from '@kaas/errors'
import { pino } from 'pino'
import { GATEWAY_CONFIG, type GatewayConfig } from './config.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { DEFAULT_LIMITS, type Limits } from './gateway-parts.ts'
import { startHealth } from './health.ts'
import { createMetrics } from './metrics.ts'
import { SnapshotClient } from './snapshot/snapshot-client.ts'
import { ownYoungMemory } from './young-memory.ts'

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
  const gateway = await startGateway({
    host: config.kafkaHost,
    port: config.kafkaPort,
    advertisedHost: config.kafkaAdvertisedHost,
    certPem: await readPem(config.gatewayCertificateFile, 'KAAS_GATEWAY_CERTIFICATE_FILE'),
    keyPem: await readPem(config.gatewayKeyFile, 'KAAS_GATEWAY_KEY_FILE'),
    serviceCredentialsFile: config.serviceCredentialsFile,
    limits: limitsOf(config),
    drainMs: config.gatewayDrain,
    log,
  })
  const stream = new SnapshotClient(
    { url: config.snapshotUrl, tokenFile: config.snapshotTokenFile, lastGoodFile: config.snapshotFile },
    gateway.snapshot,
    log,
  )
  const registry = createMetrics({ gateway, isStreamConnected: () => stream.isConnected })
  const health = await startHealth(config.gatewayHealthHost, config.gatewayHealthPort, {
    isReady: gateway.isReady,
    metrics: () => registry.metrics(),
  }).catch(async (error: unknown) => {
    await gateway.stop()
    throw error
  })
  await stream.start()
  log.info({ port: gateway.port, health: config.gatewayHealthPort }, 'the gateway serves')
  await stopSignal()
  log.info({}, 'the gateway stops')
  await stop(gateway, stream)
  health.close()
}

async function stop(gateway: Gateway, stream: SnapshotClient): Promise<void> {
  await Promise.all([gateway.stop(), stream.stop()])
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

async function readPem(file: string, variable: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new KaasError('config-invalid', {
      message: `The file ${file} cannot be read: ${cause instanceof Error ? cause.message : cause}.`,
      help: `Set ${variable} to a file in PEM that the gateway may read.`,
      cause,
    })
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}
