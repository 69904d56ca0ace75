// SPDX-License-Identifier: Apache-2.0
/** The Kafka behind the gateway: one that local mode starts and keeps running, or one that runs already. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { KaasError } from '@kaas/errors'
import { type Kafka, startKafka } from '@kaas/kafka-engine'
import type { LocalConfig } from './config.ts'
import { KeptRunning } from './kept-running.ts'
import type { StatePaths } from './state-files.ts'

/** How the platform reaches Kafka. `passwordFile` is an absolute path. */
export interface EngineAddress {
  readonly kind: 'apache' | 'existing'
  readonly bootstrapServers: readonly string[]
  readonly username: string
  readonly passwordFile: string
  readonly mechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256'
  readonly tls: boolean
  readonly caFile: string | undefined
}

/** A Kafka in use. `stop` ends only what local mode has started. */
export interface Engine {
  readonly pid: number | undefined
  stop(): Promise<void>
}

/** The address of the Kafka that the configuration names. Throws `config-invalid` when a Kafka that runs already has no log-in. */
export function engineAddressFor(config: LocalConfig, paths: StatePaths): EngineAddress {
  if (config.kafka === 'apache') {
    const bootstrapServers = [`127.0.0.1:${config.enginePort}`]
    const login = { username: 'admin', passwordFile: paths.kafkaPassword, mechanism: 'SCRAM-SHA-512' as const }
    return { kind: 'apache', bootstrapServers, ...login, tls: false, caFile: undefined }
  }
  if (config.kafkaUsername === undefined || config.kafkaPasswordFile === undefined) throw loginMissing(config)
  return {
    kind: 'existing',
    bootstrapServers: config.kafka,
    username: config.kafkaUsername,
    passwordFile: resolve(config.kafkaPasswordFile),
    mechanism: config.kafkaMechanism,
    tls: config.kafkaTls,
    caFile: config.kafkaCaFile === undefined ? undefined : resolve(config.kafkaCaFile),
  }
}

/** Reads the administrator's password. Throws `config-invalid` when the file cannot be read. */
export function readPassword(address: EngineAddress): string {
  try {
    return readFileSync(address.passwordFile, 'utf8').trim()
  } catch (cause) {
    const help = 'Make the file with the password and nothing else, readable by you.'
    throw new KaasError('config-invalid', { message: `${address.passwordFile} cannot be read.`, help, cause })
  }
}

/** Starts Kafka and keeps it running; for a Kafka that runs already there is nothing to do. */
export async function startEngine(
  config: LocalConfig,
  paths: StatePaths,
  address: EngineAddress,
  print: (line: string) => void,
): Promise<Engine> {
  if (address.kind === 'existing') return { pid: undefined, stop: async () => {} }
  // A broker that dies while it starts is the start's own failure; afterwards it is started again.
  let kept: KeptRunning | undefined
  const kafka: Kafka = await startKafka({
    dataDirectory: paths.kafka,
    logDirectory: paths.logs,
    admin: { username: address.username, password: readPassword(address) },
    ports: [config.enginePort],
    controllerPorts: [config.enginePort + 1],
    // The gateway delays refusals itself, and all alike; what brokers add would only slow log-ins.
    properties: { 'connection.failed.authentication.delay.ms': '0' },
    onParentDeath: 'TERM',
    onProgress: (line) => print(`  ${line}`),
    onCrash: (_broker, reason) => kept?.died(reason),
  })
  const keeper = new KeptRunning('Kafka broker', () => kafka.restart(), print)
  kept = keeper
  return {
    get pid() {
      return kafka.pid
    },
    stop: async () => {
      const closed = keeper.close()
      await kafka.stop()
      await closed
    },
  }
}

function loginMissing(config: LocalConfig): KaasError {
  const missing = [
    ...(config.kafkaUsername === undefined ? ['KAAS_KAFKA_USERNAME'] : []),
    ...(config.kafkaPasswordFile === undefined ? ['KAAS_KAFKA_PASSWORD_FILE'] : []),
  ]
  return new KaasError('config-invalid', {
    message: 'KAAS_KAFKA names a Kafka that runs already, and its administrator is not given.',
    help: `Set ${missing.join(' and ')}: a super user of that Kafka, who logs in by SCRAM.`,
    fields: missing.map((path) => ({ path, message: 'is not set' })),
  })
}
