// SPDX-License-Identifier: Apache-2.0
/**
 * Denied attempts in the audit log. Anyone can make them, so their number is bounded: so many per second are written one by one,
 * the rest is counted and written as one record.
 */
import type { AuditEntry, Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'

const MOST_PER_SECOND = 100

/** Records denials. A failing database never changes the answer to the caller; it is logged. */
export class Denials {
  readonly #store: Store
  readonly #log: Log
  #written = 0
  #left = 0
  #timer: NodeJS.Timeout | undefined

  constructor(store: Store, log: Log) {
    this.#store = store
    this.#log = log
  }

  record(entry: AuditEntry): void {
    this.#timer ??= setTimeout(() => this.#endSecond(), 1000).unref()
    if (this.#written >= MOST_PER_SECOND) {
      this.#left += 1
      return
    }
    this.#written += 1
    this.#write(entry)
  }

  #endSecond(): void {
    const attempts = this.#left
    this.#timer = undefined
    this.#written = 0
    this.#left = 0
    if (attempts === 0) return
    const what = { actor: 'anyone', actorKind: 'anonymous', action: 'denied-attempts', subject: '/' } as const
    this.#write({ ...what, outcome: 'denied', rule: 'too-many-to-list', after: { attempts } })
  }

  #write(entry: AuditEntry): void {
    this.#store.saveAudit(entry).catch((error: unknown) => {
      this.#log.error(
        { error: error instanceof Error ? error.message : String(error), subject: entry.subject },
        'a denied attempt was not recorded',
      )
    })
  }
}
