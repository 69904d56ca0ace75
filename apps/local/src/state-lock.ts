// SPDX-License-Identifier: Apache-2.0
/** One running product per state directory. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { KaasError } from '@kaas/errors'
import { type HeldLock, tryLockFile } from '@kaas/process-lock'

/**
 * Takes the lock. Throws `state-locked`, which names the process and what to do, while another product runs on this
 * directory; a lock left by a killed one is taken over.
 */
export function lockState(file: string, directory: string): HeldLock {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const lock = tryLockFile(file)
  if (lock.kind === 'held') return lock
  throw new KaasError('state-locked', {
    message: `KaaS runs already on ${directory}, as process ${lock.pid}.`,
    help: `Use it as it is, end it with Ctrl-C or "kill ${lock.pid}", or start a second one with KAAS_STATE_DIR and ports of its own.`,
  })
}
