// SPDX-License-Identifier: Apache-2.0
/** Makes objects due without a change of intent. */
import type { ResourceKind } from '@kaas/domain'
import { sql } from 'kysely'
import { type Connection, inTransaction } from '../database.ts'
import { isKey, recordWork } from '../record.ts'
import type { ResourceKey } from '../resource.ts'

/** Which objects: named ones, all of a tenant but itself, or all of a kind. */
export type WorkSelection =
  | { readonly keys: readonly ResourceKey[] }
  | { readonly tenant: string }
  | { readonly kind: ResourceKind }

/** See Store. Names that do not exist are passed over. */
export function requestWork(connection: Connection, which: WorkSelection): Promise<void> {
  return inTransaction(connection, async (db) => {
    if ('keys' in which) for (const key of which.keys) await recordWork(db, isKey(key))
    else await recordWork(db, 'tenant' in which ? sql`tenant = ${which.tenant}` : sql`kind = ${which.kind}`)
  })
}
