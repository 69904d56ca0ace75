// SPDX-License-Identifier: Apache-2.0
/**
 * Says in the log that the certificate of a listener ends soon, or has ended: once a day, and then once an hour. Who reads metrics is
 * told earlier, by `kaas_gateway_certificate_end_seconds`.
 */
import type { Log } from '@kaas/telemetry'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const SOON_MS = 7 * DAY_MS

/** Remembers when it spoke of which listener. */
export class CertificateAlarm {
  readonly #log: Log
  readonly #quietUntilMs = new Map<string, number>()

  constructor(log: Log) {
    this.#log = log
  }

  /** Call often with when the first certificate of each listener ends. A renewed one is spoken of anew. */
  check(ends: ReadonlyMap<string, Date>, nowMs: number): void {
    for (const [listener, end] of ends) {
      const leftMs = end.getTime() - nowMs
      const key = `${listener} ${end.getTime()} ${leftMs <= 0}`
      if (leftMs > SOON_MS || nowMs < (this.#quietUntilMs.get(key) ?? 0)) continue
      this.#quietUntilMs.set(key, nowMs + (leftMs <= 0 ? HOUR_MS : DAY_MS))
      this.#say(listener, end, leftMs)
    }
  }

  #say(listener: string, end: Date, leftMs: number): void {
    const fields = { listener, end: end.toISOString() }
    if (leftMs > 0) this.#log.warn(fields, 'a certificate ends soon: renew it; the new files are taken without a restart')
    else
      this.#log.error(
        fields,
        'a certificate has ended and new clients refuse it: renew it; the new files are taken without a restart',
      )
  }
}
