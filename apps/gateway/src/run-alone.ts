// SPDX-License-Identifier: Apache-2.0
/** A gateway of one process: it serves, follows the snapshot and answers the health pages. */
import type { Log } from '@kaas/telemetry'
import { snapshotRefused } from './audit/start-journal-sender.ts'
import type { GatewayConfig } from './config.ts'
import type { Gateway } from './gateway.ts'
import { startHealth } from './health.ts'
import { createMetrics } from './metrics.ts'
import { SnapshotClient } from './snapshot/snapshot-client.ts'
import { startServing } from './start-serving.ts'
import { stopSignal } from './stop-signal.ts'

/** Serves until told to stop, and stops in order. Throws as `startServing` and `startHealth` do. */
export async function runAlone(config: GatewayConfig, log: Log): Promise<void> {
  const serving = await startServing(config, log, 1)
  const { gateway, journal } = serving
  const refused = (why: string) => journal.note(snapshotRefused(why))
  process.on('SIGHUP', () => void serving.reload())
  const stream = new SnapshotClient(
    { url: config.snapshotUrl, tokenFile: config.snapshotTokenFile, lastGoodFile: config.snapshotFile, refused },
    gateway.snapshot,
    log,
  )
  const health = await openHealth(config, gateway, stream).catch(async (error: unknown) => {
    await serving.stop()
    throw error
  })
  await stream.start()
  log.info({ ports: Object.fromEntries(gateway.ports), health: config.gatewayHealthPort }, 'the gateway serves')
  await stopSignal()
  log.info({}, 'the gateway stops')
  await Promise.all([serving.stop(), stream.stop()])
  health.close()
}

/** A gateway that nobody could look at does not start. */
function openHealth(config: GatewayConfig, gateway: Gateway, stream: SnapshotClient) {
  const registry = createMetrics({ gateway, stream })
  const page = { isReady: async () => gateway.isReady(), metrics: () => registry.metrics() }
  return startHealth(config.gatewayHealthHost, config.gatewayHealthPort, page)
}
