// SPDX-License-Identifier: Apache-2.0
/** Asks for a deletion: marks the resource and, for a tenant, everything in it. The reconciler does the rest, children first. */
import type { ResourceKind } from '@kaas/domain'
import { sql } from 'kysely'
import { checkGeneration } from '../check-generation.ts'
import { type Connection, inTransaction } from '../database.ts'
import { lockReceiver } from '../lock-receiver.ts'
import { isKey, recordEvents, recordSnapshotChange, recordWork } from '../record.ts'
import type { ResourceKey, StoredResource } from '../resource.ts'
import { resourceOfRow } from '../resource-row.ts'
import type { SaveOptions } from '../store.ts'
import { loadResource } from './load-resource.ts'
import { saveAudit } from './save-audit.ts'
import { documentOf, placeOfBinding } from './save-resource.ts'

/** See Store. */
export function markDeleted<K extends ResourceKind>(
  connection: Connection,
  auditKey: Buffer,
  key: ResourceKey<K>,
  options: SaveOptions,
): Promise<StoredResource<K> | undefined> {
  return inTransaction(connection, async (db) => {
    await lockReceiver(db, key)
    const before = await loadResource(db, key, true)
    checkGeneration(key, before, options.expectedGeneration)
    if (before === undefined || before.deletionRequestedAt !== undefined) return before
    const which = key.kind === 'Tenant' ? sql`(${isKey(key)} or tenant = ${key.name})` : isKey(key)
    const marked = await mark(db, which)
    await recordWork(db, which)
    await recordEvents(db, 'deleting', marked)
    const resource = marked.find((each) => each.uid === before.uid) as StoredResource<K>
    await recordSnapshotChange(db, resource)
    await saveAudit(db, auditKey, { ...options.audit, ...placeOfBinding(before), before: documentOf(before) })
    return resource
  })
}

async function mark(db: Connection, which: ReturnType<typeof sql>): Promise<StoredResource[]> {
  const rows = await db
    .updateTable('resources')
    .set((eb) => ({ deletion_requested_at: eb.fn('now') }))
    .where(sql<boolean>`${which} and deletion_requested_at is null`)
    .returningAll()
    .execute()
  return rows.map((row) => resourceOfRow(row))
}
