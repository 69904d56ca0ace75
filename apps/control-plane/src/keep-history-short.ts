// SPDX-License-Identifier: Apache-2.0
/** Deletes old events and audit records, and sessions, tokens and sign-ins that have ended, now and then. */
import type { Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'

const EVERY_MS = 3_600_000

/** Starts; the first time is after an hour, so that a start is not slowed. Returns how to stop. */
export function keepHistoryShort(
  store: Store,
  kept: { readonly eventsMs: number; readonly auditMs: number },
  log: Log,
): () => void {
  const trim = async () => {
    try {
      const deleted = await store.trimHistory(kept)
      await store.trimPeople()
      if (deleted > 0) log.info({ deleted }, 'old history was deleted')
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'old history could not be deleted')
    }
  }
  const timer = setInterval(() => void trim(), EVERY_MS)
  return () => clearInterval(timer)
}
