// SPDX-License-Identifier: Apache-2.0
/** One process per state directory. The embedded database itself does not notice a second opener and would be destroyed by it. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { KaasError } from '@kaas/errors'
import { lockFile } from '@kaas/process-lock'

/** A process that was just killed is seen alive until the kernel has cleared it away. */
const DYING_MS = 1000

/**
 * Takes the lock for this process, waiting a moment for an owner that is dying. Returns how to release it. Others are told the id
 * `shown`. Throws `state-locked` with the id of the owner.
 */
export async function lockDirectory(directory: string, shown = process.pid): Promise<() => void> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = await lockFile(join(directory, 'lock'), { shown, waitMs: DYING_MS })
  if (lock.kind === 'held') return lock.release
  throw new KaasError('state-locked', {
    message: `The database in ${directory} is in use by the process with id ${lock.pid}.`,
    help: 'Use the instance that runs already, stop it first, or choose another directory with KAAS_STATE_DIR.',
  })
}
