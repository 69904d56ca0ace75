// SPDX-License-Identifier: Apache-2.0
/** Waiting for what another process does, with a bound and a sentence when it does not. */
import { setTimeout as sleep } from 'node:timers/promises'
import { KaasError } from '@kaas/errors'

/** A limit ends what hangs, and is no bet on the speed of a machine that does much else. */
const TIMEOUT_MS = 120_000

/** How long and how often; two minutes and 25 ms when absent. */
export interface WaitOptions {
  /** What is waited for, as the end of "waited for". */
  readonly what: string
  readonly timeoutMs?: number
  readonly pollMs?: number
}

/**
 * Calls `probe` until it returns something other than false, null and undefined, and resolves with that. What it throws
 * counts as "not yet". After the timeout (two minutes when absent) throws `wait-timeout` with the last thing it threw.
 */
export async function waitFor<T>(
  probe: () => T | Promise<T>,
  options: WaitOptions,
): Promise<Exclude<T, false | null | undefined>> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
  const deadline = Date.now() + timeoutMs
  let last: unknown
  do {
    try {
      const value = await probe()
      if (value !== false && value !== null && value !== undefined) return value as Exclude<T, false | null | undefined>
    } catch (error) {
      last = error
    }
    await sleep(options.pollMs ?? 25)
  } while (Date.now() < deadline)
  const reason = last === undefined ? '' : ` The last try ended with: ${last instanceof Error ? last.message : String(last)}`
  throw new KaasError('wait-timeout', { message: `Waited ${timeoutMs} ms for ${options.what}.${reason}`, cause: last })
}
