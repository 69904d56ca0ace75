// SPDX-License-Identifier: Apache-2.0
/**
 * Tells the control plane every two seconds what passes here, and takes this gateway's shares from the answer. The control plane may be
 * away for any time: the last shares hold.
 */
import { type GatewayShares, gatewaySharesSchema, type TenantLoad } from '@kaas/domain'
import type { Log } from '@kaas/telemetry'
import { NODE_NAME, tellControlPlane } from '../control-plane.ts'

const EVERY_MS = 2000

/** What is reported, and who takes the answer. */
export interface ReportedGateway {
  takeLoads(overMs: number): TenantLoad[]
  share(shares: GatewayShares): void
}

/** Starts reporting to `snapshotUrl`'s neighbour `load`. Returns how to stop. */
export function startLoadReporter(snapshotUrl: string, tokenFile: string, gateway: ReportedGateway, log: Log): () => void {
  const stopping = new AbortController()
  let isAway = false
  let lastMs = Date.now()
  const report = async (): Promise<void> => {
    const nowMs = Date.now()
    const tenants = gateway.takeLoads(nowMs - lastMs)
    lastMs = nowMs
    try {
      const load = { node: NODE_NAME, tenants }
      gateway.share(await tellControlPlane({ snapshotUrl, tokenFile }, 'load', load, gatewaySharesSchema, stopping.signal))
      isAway = false
    } catch (error) {
      // Once for each time that it goes away: the stream of the snapshot says the same.
      if (!isAway && !stopping.signal.aborted)
        log.warn({ error: error instanceof Error ? error.message : String(error) }, 'shares of limits stay as they are')
      isAway = true
    }
  }
  void loop(report, stopping.signal)
  return () => stopping.abort()
}

async function loop(report: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await report()
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, EVERY_MS)
      timer.unref()
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }
}
