// SPDX-License-Identifier: Apache-2.0
/** Ends passwords of a user. What remains then serves both mechanisms. */
import { type Connection, inTransaction } from '../database.ts'
import { isKey, recordWork } from '../record.ts'
import type { ResourceKey } from '../resource.ts'

/** One by its id, or every other one. */
export type CredentialSelection = { readonly id: string } | { readonly allBut: string }

/** See Store. Wakes the reconciler when something ended. */
export function endCredentials(
  connection: Connection,
  user: ResourceKey<'User'>,
  which: CredentialSelection,
): Promise<number> {
  return inTransaction(connection, async (db) => {
    const mine = db
      .deleteFrom('credentials')
      .where('tenant', '=', user.tenant ?? '')
      .where('user_name', '=', user.name)
    const ending = 'id' in which ? mine.where('id', '=', which.id) : mine.where('id', '!=', which.allBut)
    const ended = Number((await ending.executeTakeFirst()).numDeletedRows)
    if (ended > 0) await recordWork(db, isKey(user))
    return ended
  })
}
