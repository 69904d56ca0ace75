// SPDX-License-Identifier: Apache-2.0
/** One process per local copy. Two would hand each other half-written states. */
import { join } from 'node:path'
import { KaasError } from '@kaas/errors'
import { lockFile } from '@kaas/process-lock'

/** A process that was just killed is seen alive until the kernel has cleared it away. */
const DYING_MS = 1000

/**
 * Takes the lock of a folder and returns what gives it free. Throws `state-locked` while another process has it, or this one by
 * an earlier call; a lock of a dead process is taken over.
 */
export async function lockCopy(directory: string): Promise<() => void> {
  const lock = await lockFile(join(directory, 'lock'), { waitMs: DYING_MS })
  if (lock.kind === 'held') return lock.release
  throw new KaasError('state-locked', {
    message: `The local copy of the Git repository in ${directory} is in use by process ${lock.pid}.`,
    help: 'Give each process a folder of its own; the copies can be lost at any time.',
  })
}
