// SPDX-License-Identifier: Apache-2.0
/**
 * The process above several that serve the same ports (decision 0031): it holds the ports, hands out connections, follows the snapshot
 * once for all, starts anew what ended, and shows all of them as one gateway. It sees no byte of any client.
 */
import cluster from 'node:cluster'
import type { Log } from '@kaas/telemetry'
import type { Registry } from 'prom-client'
import { Journal } from '../audit/journal.ts'
import { snapshotRefused, startJournalSender } from '../audit/start-journal-sender.ts'
import type { GatewayConfig } from '../config.ts'
import { type HealthSource, startHealth } from '../health.ts'
import { SnapshotClient } from '../snapshot/snapshot-client.ts'
import { SnapshotView } from '../snapshot/snapshot-view.ts'
import { stopSignal } from '../stop-signal.ts'
import type { Order } from './messages.ts'
import { ownMetrics } from './own-metrics.ts'
import { ProcessSlot } from './process-slot.ts'
import { SummedMetrics } from './summed-metrics.ts'

/** What a process may take for its goodbye beyond the time that clients have. */
const GOODBYE_MS = 5000

/**
 * Supervises until told to stop, and stops in order. When the first process cannot start, what it said stands on the error output, and the
 * exit code is its own. Throws as `startHealth` does.
 */
export async function runSupervisor(config: GatewayConfig, log: Log, processes: number): Promise<void> {
  cluster.setupPrimary({ serialization: 'advanced' })
  const view = new SnapshotView()
  const journal = new Journal()
  const stream = followStream(config, view, journal, log)
  const sums = new SummedMetrics()
  let restarts = 0
  const owner = {
    snapshot: () => (view.version < 0 ? undefined : ({ kind: 'full', snapshot: view.toSnapshot() } as const)),
    restarted: (process: number) => {
      restarts += 1
      void sums.ended(process)
    },
  }
  const slots = Array.from({ length: processes }, () => new ProcessSlot(owner, log))
  const tell = (order: Order): void => {
    for (const slot of slots) slot.tell(order)
  }
  view.onChange((_, event) => tell({ kind: 'snapshot', event }))
  process.on('SIGHUP', () => tell({ kind: 'reload' }))
  const registry = ownMetrics({ stream, serving: () => serving(slots), restarts: () => restarts })
  const { gatewayHealthHost, gatewayHealthPort, gatewayDrain } = config
  const health = await startHealth(gatewayHealthHost, gatewayHealthPort, pageOf(slots, sums, registry))
  const sender = startJournalSender(config, journal, log)
  const stopping = stopSignal()
  await stream.start()
  const ports = await startAll(slots, stopping)
  if (ports !== undefined) {
    log.info({ ports: Object.fromEntries(ports), health: gatewayHealthPort, processes }, 'the gateway serves')
    await stopping
    log.info({}, 'the gateway stops')
  }
  await Promise.all([...slots.map((slot) => slot.stop(gatewayDrain + GOODBYE_MS)), stream.stop()])
  await sender.stop()
  health.close()
}

function followStream(config: GatewayConfig, view: SnapshotView, journal: Journal, log: Log): SnapshotClient {
  const refused = (why: string) => journal.note(snapshotRefused(why))
  const { snapshotUrl: url, snapshotTokenFile: tokenFile, snapshotFile: lastGoodFile } = config
  return new SnapshotClient({ url, tokenFile, lastGoodFile, refused }, view, log)
}

/** The first alone, so that what is wrong with the configuration is said once. Undefined when it failed, or it was stopped meanwhile. */
async function startAll(
  slots: readonly ProcessSlot[],
  stopping: Promise<void>,
): Promise<ReadonlyMap<string, number> | undefined> {
  const [first, ...others] = slots
  const start = await Promise.race([first?.start(true), stopping])
  if (start === undefined) return undefined
  if (start.kind === 'failed') {
    process.exitCode = start.exitCode
    return undefined
  }
  await Promise.race([Promise.all(others.map((slot) => slot.start(false))), stopping])
  return start.ports
}

function serving(slots: readonly ProcessSlot[]): number {
  return slots.filter((slot) => slot.serves).length
}

/** Clients can be served as soon as one process is ready: connections go to those that serve. */
function pageOf(slots: readonly ProcessSlot[], sums: SummedMetrics, registry: Registry): HealthSource {
  return {
    isReady: async () => (await lookAt(slots, false)).some(({ looked }) => looked.isReady),
    metrics: async () => {
      for (const { process, looked } of await lookAt(slots, true)) {
        if (looked.metrics !== undefined) sums.take(process, looked.metrics)
      }
      return sums.render(await registry.getMetricsAsJSON())
    },
  }
}

async function lookAt(slots: readonly ProcessSlot[], withMetrics: boolean) {
  const looks = await Promise.all(slots.map((slot) => slot.look(withMetrics)))
  return looks.filter((look) => look !== undefined)
}
