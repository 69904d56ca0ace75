// SPDX-License-Identifier: Apache-2.0
/** The end of a deletion. */
import { sql } from 'kysely'
import { type Connection, inTransaction } from '../database.ts'
import { recordEvents, recordSnapshotRemoval, recordWork } from '../record.ts'
import type { ResourceKey } from '../resource.ts'
import { keyColumns } from '../resource-row.ts'
import { loadResource } from './load-resource.ts'

/** See Store. The queue entry goes with the row by its foreign key. */
export function removeResource(connection: Connection, key: ResourceKey, uid: string): Promise<boolean> {
  return inTransaction(connection, async (db) => {
    const resource = await loadResource(db, key, true)
    if (resource?.uid !== uid) return false
    const { kind, tenant, name } = keyColumns(key)
    await db.deleteFrom('resources').where('kind', '=', kind).where('tenant', '=', tenant).where('name', '=', name).execute()
    if (kind === 'User')
      await db.deleteFrom('credentials').where('tenant', '=', tenant).where('user_name', '=', name).execute()
    if (tenant !== '') await wakeEmptyTenant(db, tenant)
    await recordEvents(db, 'removed', [resource])
    await recordSnapshotRemoval(db, resource)
    return true
  })
}

/** A tenant that is being deleted waits for its children; the last one that goes wakes it. */
async function wakeEmptyTenant(db: Connection, tenant: string): Promise<void> {
  await recordWork(
    db,
    sql`kind = 'Tenant' and tenant = '' and name = ${tenant} and deletion_requested_at is not null
      and not exists (select from resources child where child.tenant = ${tenant})`,
  )
}
