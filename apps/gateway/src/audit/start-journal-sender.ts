// SPDX-License-Identifier: Apache-2.0
/** The journal of one process goes where the snapshot comes from, and waits beside the last good snapshot. */
import { dirname, join } from 'node:path'
import type { Log } from '@kaas/telemetry'
import type { GatewayConfig } from '../config.ts'
import type { Journal, Seen } from './journal.ts'
import { JournalSender } from './journal-sender.ts'

/** Starts sending. Call `stop` of what it returns. */
export function startJournalSender(
  { snapshotUrl, snapshotTokenFile: tokenFile, snapshotFile }: GatewayConfig,
  journal: Journal,
  log: Log,
): JournalSender {
  const folder = snapshotFile === undefined ? undefined : join(dirname(snapshotFile), 'audit')
  return new JournalSender({ snapshotUrl, tokenFile, folder }, journal, log)
}

/** A snapshot was refused whole, and the old one is served from. */
export function snapshotRefused(why: string): Seen {
  return { action: 'configure', outcome: 'denied', rule: 'snapshot-refused', message: why.slice(0, 500) }
}
