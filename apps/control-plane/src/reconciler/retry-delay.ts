// SPDX-License-Identifier: Apache-2.0
/** When to try again after a failure. Pure; chance comes as an argument. */

/** Longest pause while a dependency is away: bounds how long work rests after it came back. */
const LONGEST_WHILE_AWAY_MS = 15_000
/** Longest pause after a refusal that only a change can cure; a change makes the object due at once anyway. */
const LONGEST_AFTER_REFUSAL_MS = 300_000
const FIRST_WHILE_AWAY_MS = 250
const FIRST_AFTER_REFUSAL_MS = 5_000

/**
 * Milliseconds until the next try: doubled with each failure, then cut to between a half and the whole by `chance` (0 to 1), so
 * that objects that failed together do not come back together.
 */
export function retryDelayMs(attempts: number, retriable: boolean, chance: number): number {
  const first = retriable ? FIRST_WHILE_AWAY_MS : FIRST_AFTER_REFUSAL_MS
  const longest = retriable ? LONGEST_WHILE_AWAY_MS : LONGEST_AFTER_REFUSAL_MS
  const whole = Math.min(longest, first * 2 ** Math.min(attempts, 20))
  return Math.round(whole * (0.5 + chance / 2))
}
