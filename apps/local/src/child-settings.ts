// SPDX-License-Identifier: Apache-2.0
/** What the control plane and the gateway are told when local mode starts them. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ChildSettings } from './child-process.ts'
import type { LocalConfig } from './config.ts'
import { answersOk } from './http-probe.ts'
import { CLUSTER_NAME } from './register-cluster.ts'
import type { StatePaths } from './state-files.ts'

const START_TIMEOUT_MS = 60_000
/** Short, since whoever presses Ctrl-C waits for it. */
const DRAIN = '2s'

/** A child but for what happens when it dies. */
export type PartSettings = Omit<ChildSettings, 'onDeath'>

/**
 * The control plane on loopback, with its database in the state directory unless a PostgreSQL is given. Without `gitUrl` it offers
 * no tenants with a Kafka of their own.
 */
export function controlPlaneSettings(
  config: LocalConfig,
  paths: StatePaths,
  gitUrl: string | undefined,
  consoleFolder: string,
): PartSettings {
  return {
    name: 'control plane',
    command: [process.execPath, programFile('control-plane')],
    env: {
      KAAS_API_PORT: String(config.apiPort),
      KAAS_STATE_DIR: paths.directory,
      KAAS_TOKEN_FILE: paths.token,
      KAAS_GATEWAY_TOKEN_FILE: paths.gatewayToken,
      KAAS_BOOTSTRAP_PASSWORD_FILE: paths.administratorPassword,
      KAAS_SECRETS_KEY_FILE: paths.secretsKey,
      KAAS_BOOTSTRAP_ADDRESS: `127.0.0.1:${config.kafkaPort}`,
      KAAS_BOOTSTRAP_CA_FILE: paths.ca,
      KAAS_GATEWAY_METRICS_URLS: `http://127.0.0.1:${config.gatewayHealthPort}/metrics`,
      KAAS_CONSOLE_DIR: consoleFolder,
      KAAS_AUDIT_CLUSTER: CLUSTER_NAME,
      ...(gitUrl !== undefined && { KAAS_GIT_URL: gitUrl }),
      ...(config.signInFile !== undefined && { KAAS_SIGN_IN_FILE: config.signInFile }),
      ...(config.kubeconfigFile !== undefined && { KAAS_KUBECONFIG_FILE: config.kubeconfigFile }),
      ...(config.databaseUrl !== undefined && { KAAS_DATABASE_URL: config.databaseUrl }),
    },
    logFile: join(paths.logs, 'control-plane.log'),
    isReady: () => answersOk(`${apiUrlOf(config)}/readyz`),
    startTimeoutMs: START_TIMEOUT_MS,
  }
}

/** Where the control plane answers. */
export function apiUrlOf(config: LocalConfig): string {
  return `http://127.0.0.1:${config.apiPort}`
}

/** The gateway: clients by TLS on loopback, tenants from the control plane's snapshot. */
export function gatewaySettings(config: LocalConfig, paths: StatePaths): PartSettings {
  return {
    name: 'gateway',
    command: [process.execPath, programFile('gateway')],
    env: {
      KAAS_KAFKA_PORT: String(config.kafkaPort),
      KAAS_GATEWAY_HEALTH_PORT: String(config.gatewayHealthPort),
      KAAS_GATEWAY_CERTIFICATE_FILE: paths.gatewayCertificate,
      KAAS_GATEWAY_KEY_FILE: paths.gatewayKey,
      KAAS_SNAPSHOT_URL: `${apiUrlOf(config)}/v1/gateway/snapshot`,
      KAAS_SNAPSHOT_TOKEN_FILE: paths.gatewayToken,
      KAAS_SNAPSHOT_FILE: paths.lastGoodSnapshot,
      KAAS_SERVICE_CREDENTIALS_FILE: paths.serviceCredentials,
      KAAS_GATEWAY_DRAIN: DRAIN,
      KAAS_GATEWAY_CHALLENGE_TIME: '20ms',
    },
    logFile: join(paths.logs, 'gateway.log'),
    isReady: () => answersOk(`http://127.0.0.1:${config.gatewayHealthPort}/readyz`),
    startTimeoutMs: START_TIMEOUT_MS,
  }
}

function programFile(app: string): string {
  const file = fileURLToPath(new URL(`../../${app}/src/main.ts`, import.meta.url))
  if (!existsSync(file)) throw new Error(`${file} is missing in this checkout.`)
  return file
}
