// SPDX-License-Identifier: Apache-2.0
/** The end of a deletion. */
import type { ResourceKind } from '@kaas/domain'
import { sql } from 'kysely'
import { type Connection, inTransaction } from '../database.ts'
import { lockReceiver } from '../lock-receiver.ts'
import { recordEvents, recordSnapshotRemoval, recordWork } from '../record.ts'
import type { ResourceKey } from '../resource.ts'
import { keyColumns } from '../resource-row.ts'
import { loadResource } from './load-resource.ts'

/** See Store. The queue entry goes with the row by its foreign key. */
export function removeResource(connection: Connection, key: ResourceKey, uid: string): Promise<boolean> {
  return inTransaction(connection, async (db) => {
    await lockReceiver(db, key)
    const resource = await loadResource(db, key, true)
    if (resource?.uid !== uid) return false
    const { kind, tenant, name } = keyColumns(key)
    await db.deleteFrom('resources').where('kind', '=', kind).where('tenant', '=', tenant).where('name', '=', name).execute()
    if (kind === 'User')
      await db.deleteFrom('credentials').where('tenant', '=', tenant).where('user_name', '=', name).execute()
    if (tenant !== '') await wakeWaiting(db, kind, tenant)
    await recordEvents(db, 'removed', [resource])
    await recordSnapshotRemoval(db, resource)
    return true
  })
}

/** When the last topic or the last user of a tenant went, what waits for that is woken: the tenant, and what goes after. */
async function wakeWaiting(db: Connection, kind: ResourceKind, tenant: string): Promise<void> {
  await recordWork(
    db,
    sql`deletion_requested_at is not null and (tenant = ${tenant} or (kind = 'Tenant' and tenant = '' and name = ${tenant}))
      and not exists (select from resources left_over where left_over.tenant = ${tenant} and left_over.kind = ${kind})`,
  )
}
