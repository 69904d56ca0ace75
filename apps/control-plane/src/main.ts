// SPDX-License-Identifier: Apache-2.0
/**
 * Starts the control plane as a process: reads configuration and secrets, serves until told to stop, and stops in order. With the
 * argument `migrate` it only brings the database to this version's schema, as a job does before new processes start.
 */
import { join, resolve } from 'node:path'
import { loadConfig, misspelledVariables } from '@kaas/configuration'
import { asKaasError, KaasError, toExit } from '@kaas/errors'
import { openStore } from '@kaas/store'
import { pino } from 'pino'
import { CONTROL_PLANE_CONFIG, type ControlPlaneConfig } from './config.ts'
import { type ControlPlaneOptions, startControlPlane } from './control-plane.ts'
import { readToken } from './read-secrets.ts'
import { loadSignIn } from './sign-in/load-sign-in.ts'
import { storeOptionsOf } from './store-options.ts'

/** After this a stop that hangs ends hard; intent is in the database in any case. */
const STOP_TIMEOUT_MS = 20_000

try {
  const config = loadConfig(CONTROL_PLANE_CONFIG, process.env)
  const command = process.argv[2]
  if (command === undefined) await run(config)
  else if (command === 'migrate') await migrate(config)
  else throw new KaasError('usage-invalid', { message: `There is no command "${command}".`, help: 'Use migrate, or none.' })
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

async function migrate(config: ControlPlaneConfig): Promise<void> {
  const log = pino({ level: config.logLevel, base: { component: 'control-plane' } })
  const store = await openStore(storeOptionsOf(config, process.env))
  await store.close()
  log.info({}, 'the database has the schema of this version')
}

function optionsOf(config: ControlPlaneConfig): Omit<ControlPlaneOptions, 'log'> {
  return {
    host: config.apiHost,
    port: config.apiPort,
    store: storeOptionsOf(config, process.env),
    tokens: {
      administrator: readToken(config.tokenFile, 'KAAS_TOKEN_FILE'),
      gateway: readToken(config.gatewayTokenFile, 'KAAS_GATEWAY_TOKEN_FILE'),
      apiServer:
        config.kubernetesAuditTokenFile === undefined
          ? undefined
          : readToken(config.kubernetesAuditTokenFile, 'KAAS_KUBERNETES_AUDIT_TOKEN_FILE'),
    },
    clustersFile: config.clustersFile,
    bootstrapAddress: config.bootstrapAddress,
    views: {
      bootstrapCaFile: config.bootstrapCaFile,
      gatewayMetricsUrls: config.gatewayMetricsUrls ?? [],
      prometheusUrl: config.prometheusUrl,
      seriesThings: config.seriesThings,
      sampleEveryMs: config.sampleEvery,
    },
    signIn: loadSignIn(config),
    trustedProxies: config.trustedProxies,
    consoleDirectory: config.consoleDir === undefined ? undefined : resolve(config.consoleDir),
    code: codeOptionsOf(config),
    eventsKeptMs: config.eventsKept,
    auditKeptMs: config.auditKept,
    auditExport: auditExportOf(config),
    kubernetesAudit: kubernetesAuditOf(config),
  }
}

function auditExportOf({
  auditCluster,
  auditTopic,
  auditTopicKept,
}: ControlPlaneConfig): ControlPlaneOptions['auditExport'] {
  if (auditCluster === undefined) return undefined
  return { cluster: auditCluster, topic: { name: auditTopic, keptMs: auditTopicKept } }
}

function kubernetesAuditOf(config: ControlPlaneConfig): ControlPlaneOptions['kubernetesAudit'] {
  const { auditCluster, kubernetesAuditTokenFile, kubernetesAuditTopic, auditTopicKept } = config
  if (kubernetesAuditTokenFile === undefined) return undefined
  if (auditCluster !== undefined) {
    return { cluster: auditCluster, topic: { name: kubernetesAuditTopic, keptMs: auditTopicKept } }
  }
  throw new KaasError('config-invalid', {
    message: 'KAAS_KUBERNETES_AUDIT_TOKEN_FILE lets API servers bring their audit log, and there is no Kafka to put it in.',
    help: 'Set KAAS_AUDIT_CLUSTER to the name of a KafkaCluster as well.',
  })
}

function codeOptionsOf(config: ControlPlaneConfig): ControlPlaneOptions['code'] {
  const { gitUrl, gitBranch, gitSshKeyFile, gitKnownHostsFile } = config
  if (gitUrl === undefined) return undefined
  if ((gitSshKeyFile === undefined) !== (gitKnownHostsFile === undefined)) {
    throw new KaasError('config-invalid', {
      message: 'KAAS_GIT_SSH_KEY_FILE and KAAS_GIT_KNOWN_HOSTS_FILE belong together.',
      help: 'Set both: without the known hosts nobody could tell the right server from another.',
    })
  }
  const ssh =
    gitSshKeyFile === undefined || gitKnownHostsFile === undefined
      ? undefined
      : { keyFile: gitSshKeyFile, knownHostsFile: gitKnownHostsFile }
  const directory = join(resolve(config.stateDir), 'repository')
  return {
    git: {
      url: gitUrl,
      branch: gitBranch,
      directory,
      credentialsFile: config.gitCredentialsFile,
      caFile: config.gitCaFile,
      ssh,
    },
    kubeconfigFile: config.kubeconfigFile,
    pollMs: config.gitPoll,
    goneAfterMs: config.clusterGoneAfter,
  }
}

function fail(thrown: unknown): void {
  const error = asKaasError(thrown)
  process.stderr.write(`${error.message}\n${error.help ?? ''}\n`)
  process.exit(toExit(error))
}
