// SPDX-License-Identifier: Apache-2.0
/**
 * What every process that serves clients does, alone or beside others: opens the listeners of the configuration, follows their files,
 * and reports load. Where the snapshot comes from, and who answers the health pages, is with the caller.
 */
import { asKaasError } from '@kaas/errors'
import type { Log } from '@kaas/telemetry'
import { startLoadReporter } from './allowance/load-reporter.ts'
import { Journal, type Seen } from './audit/journal.ts'
import { startJournalSender } from './audit/start-journal-sender.ts'
import { loadBearerTokens } from './bearer-tokens.ts'
import type { GatewayConfig } from './config.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { DEFAULT_LIMITS, type Limits } from './gateway-parts.ts'
import { type FollowedFiles, followFiles } from './listeners/follow-files.ts'
import { type ListenerSource, readListeners } from './listeners/listener-file.ts'
import { ownYoungMemory } from './young-memory.ts'

/** How often files are looked at for changes. */
const FOLLOW_MS = 5000

/** A gateway of this process. */
export interface Serving {
  readonly gateway: Gateway
  readonly journal: Journal
  /** Reads the files of listeners and certificates now. What cannot be used is logged, and the old goes on. */
  reload(): Promise<void>
  /** Lets clients go in order, within the configured time. */
  stop(): Promise<void>
}

/** Opens the ports. `processes` is how many share the bound on connections that are not logged in. Throws what files and ports throw. */
export async function startServing(config: GatewayConfig, log: Log, processes: number): Promise<Serving> {
  if (!ownYoungMemory()) log.warn({}, 'the young memory cannot be collected by itself: relaying will cost more')
  const source = listenerSourceOf(config)
  const read = await readListeners(source)
  const journal = new Journal()
  const gateway = await startGateway({
    listeners: read.listeners,
    serviceCredentialsFile: config.serviceCredentialsFile,
    bearerTokens: await loadBearerTokens(config.gatewayIssuersFile, log),
    limits: limitsOf(config, processes),
    drainMs: config.gatewayDrain,
    journal,
    log,
  })
  const { files, reload } = followListeners(source, gateway, journal, log)
  files.follow(read.files)
  const stopReports = startLoadReporter(config.snapshotUrl, config.snapshotTokenFile, gateway.load, log)
  journal.note(configured('started', `The gateway started with the listeners ${namesOf(gateway)}.`))
  const sender = startJournalSender(config, journal, log)
  return {
    gateway,
    journal,
    reload,
    stop: async () => {
      files.stop()
      stopReports()
      await gateway.stop()
      journal.note(configured('stopped', 'The gateway stopped.'))
      await sender.stop()
    },
  }
}

/** A change of what the gateway is set to, for the audit log. */
function configured(rule: string, message: string): Seen {
  return { action: 'configure', outcome: 'allowed', rule, message: message.slice(0, 500) }
}

function namesOf({ ports }: Gateway): string {
  return [...ports].map(([name, port]) => `${name} at ${port}`).join(', ')
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

/** Takes changed files, and those after `reload`, without closing a connection. */
function followListeners(
  source: ListenerSource,
  gateway: Gateway,
  journal: Journal,
  log: Log,
): { readonly files: FollowedFiles; reload(): Promise<void> } {
  const reload = async () => {
    try {
      const { listeners, files: changed } = await readListeners(source)
      await gateway.reload(listeners)
      files.follow(changed)
      log.info({ ports: Object.fromEntries(gateway.ports) }, 'listeners and certificates were read again')
      journal.note(configured('files-changed', `Listeners and certificates were read again: ${namesOf(gateway)}.`))
    } catch (thrown) {
      const { message, help } = asKaasError(thrown)
      log.error({ error: message, help }, 'listeners or certificates cannot be used: the old ones stay')
      journal.note({ ...configured('files-refused', `The old listeners stay: ${message}`), outcome: 'denied' })
    }
  }
  const files = followFiles(FOLLOW_MS, reload)
  return { files, reload }
}

function limitsOf(config: GatewayConfig, processes: number): Limits {
  return {
    ...DEFAULT_LIMITS,
    patience: {
      logInMs: config.gatewayLoginTimeout,
      frameMs: config.gatewayRequestTimeout,
      writeMs: config.gatewayWriteTimeout,
    },
    // Connections are dealt out evenly, so each process sees its part of an address's failures.
    failedLogIns: { ...DEFAULT_LIMITS.failedLogIns, most: Math.ceil(config.gatewayFailedLogins / processes) },
    challengeMs: config.gatewayChallengeTime,
    unauthenticatedConnections: Math.ceil(config.gatewayUnauthenticatedConnections / processes),
  }
}
