// SPDX-License-Identifier: Apache-2.0
/** How long to wait before a process that ended is started anew. Pure: times come in. */

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 10_000
/** Who lived this long did not end because of how it started. */
const LIVED_WELL_MS = 30_000

/** One place for a process; its waits double while processes there end soon after their start. */
export class Restarts {
  #waitMs = FIRST_WAIT_MS

  /** Milliseconds to wait, after a process that lived for `livedMs`. */
  waitMs(livedMs: number): number {
    if (livedMs >= LIVED_WELL_MS) this.#waitMs = FIRST_WAIT_MS
    const waitMs = this.#waitMs
    this.#waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
    return waitMs
  }
}
