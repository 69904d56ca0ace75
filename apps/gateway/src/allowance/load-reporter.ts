// SPDX-License-Identifier: Apache-2.0
/**
 * Tells the control plane every two seconds what passes here, and takes this gateway's shares from the answer. The control plane may be
 * away for any time: the last shares hold.
 */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { type GatewayLoad, type GatewayShares, gatewaySharesSchema, type TenantLoad } from '@kaas/domain'
import type { Log } from '@kaas/telemetry'

const EVERY_MS = 2000
const ANSWER_MS = 5000

/** What is reported, and who takes the answer. */
export interface ReportedGateway {
  takeLoads(overMs: number): TenantLoad[]
  share(shares: GatewayShares): void
}

/** Starts reporting to `snapshotUrl`'s neighbour `load`. Returns how to stop. */
export function startLoadReporter(snapshotUrl: string, tokenFile: string, gateway: ReportedGateway, log: Log): () => void {
  const url = new URL('load', snapshotUrl)
  // New with each start: what a dead process held is given back when its report is old.
  const node = `${hostname()
    .slice(0, 40)
    .replace(/[^A-Za-z0-9.-]/g, '-')}-${randomBytes(6).toString('hex')}`
  const stopping = new AbortController()
  let isAway = false
  let lastMs = Date.now()
  const report = async (): Promise<void> => {
    const nowMs = Date.now()
    const tenants = gateway.takeLoads(nowMs - lastMs)
    lastMs = nowMs
    try {
      gateway.share(await send(url, tokenFile, { node, tenants }, stopping.signal))
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

async function send(url: URL, tokenFile: string, load: GatewayLoad, signal: AbortSignal): Promise<GatewayShares> {
  const token = (await readFile(tokenFile, 'utf8')).trim()
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(load),
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
  })
  if (response.ok) return gatewaySharesSchema.parse(await response.json())
  await response.body?.cancel()
  throw new Error(`the control plane answered with status ${response.status}`)
}
