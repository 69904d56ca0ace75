// SPDX-License-Identifier: Apache-2.0
/** How long to wait before something that died is started again. */

/** Deaths longer ago than this are forgotten. */
export const MEMORY_MS = 60_000

const FIRST_MS = 200
const LONGEST_MS = 10_000

/**
 * The wait after a death: 0.2 s after the first within a minute, then twice as long each time, at most 10 s. `deathsMs`
 * are the times of all deaths so far, this one included.
 */
export function restartDelayFor(deathsMs: readonly number[], nowMs: number): number {
  const recent = deathsMs.filter((at) => nowMs - at < MEMORY_MS).length
  return Math.min(FIRST_MS * 2 ** Math.max(0, recent - 1), LONGEST_MS)
}
