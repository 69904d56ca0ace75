// SPDX-License-Identifier: Apache-2.0
/** A dry run is the real thing, undone: the same code, the same checks, and then the transaction is rolled back. */
import type { Store, StoreSession } from '@kaas/store'

/** Carries the result out of the transaction that it undoes. */
class Undo<T> {
  readonly result: T
  constructor(result: T) {
    this.result = result
  }
}

/** Runs `work` in a transaction that is kept only when `dryRun` is false. */
export async function runDry<T>(store: Store, dryRun: boolean, work: (session: StoreSession) => Promise<T>): Promise<T> {
  if (!dryRun) return await store.transaction(work)
  try {
    return await store.transaction(async (session) => {
      throw new Undo(await work(session))
    })
  } catch (thrown) {
    if (thrown instanceof Undo) return thrown.result
    throw thrown
  }
}
