// SPDX-License-Identifier: Apache-2.0

export { type HeldLock, type LockOutcome, lockFile, tryLockFile } from './lock-file.ts'
export { isAlive, type ProcessIdentity } from './process-identity.ts'
