// SPDX-License-Identifier: Apache-2.0
/**
 * Runs work of our own that may never end because of what others wrote, such as a regular expression. V8 stops it from outside, as it
 * does for scripts; a worker thread would cost more than the work.
 */
import { createContext, Script } from 'node:vm'

const CALL = new Script('run()')
// Making a context takes milliseconds. Work is synchronous, so one at a time uses it.
const place: { run: () => void } = { run: () => {} }
const context = createContext(place)

/** What `work` gives, or undefined when it did not end in time. Throws what it throws. Do nothing in it that must not be broken off. */
export function runBounded<T>(timeoutMs: number, work: () => T): { readonly value: T } | undefined {
  let ended: { readonly value: T } | undefined
  place.run = () => {
    ended = { value: work() }
  }
  try {
    CALL.runInContext(context, { timeout: timeoutMs })
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
  } finally {
    place.run = () => {}
  }
  return ended
}
