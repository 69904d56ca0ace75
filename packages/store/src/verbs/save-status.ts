// SPDX-License-Identifier: Apache-2.0
/** Writes what was observed. Says so to listeners only when conditions changed, to gateways only when `observed` did. */
import { isDeepStrictEqual } from 'node:util'
import type { Status } from '@kaas/domain'
import { type Connection, inTransaction, json } from '../database.ts'
import { lockReceiver } from '../lock-receiver.ts'
import { recordEvents, recordSnapshotChange } from '../record.ts'
import type { ResourceKey } from '../resource.ts'
import { keyColumns } from '../resource-row.ts'
import { loadResource } from './load-resource.ts'

/** See Store. A status that equals the stored one costs one read. */
export function saveStatus(connection: Connection, key: ResourceKey, uid: string, status: Status): Promise<boolean> {
  return inTransaction(connection, async (db) => {
    await lockReceiver(db, key)
    const before = await loadResource(db, key, true)
    if (before?.uid !== uid) return false
    const now: Status = JSON.parse(json(status))
    if (isDeepStrictEqual(before.status, now)) return true
    const { kind, tenant, name } = keyColumns(key)
    await db
      .updateTable('resources')
      .set({ status: json(status) })
      .where('kind', '=', kind)
      .where('tenant', '=', tenant)
      .where('name', '=', name)
      .execute()
    const after = { ...before, status: now }
    if (!isDeepStrictEqual(before.status?.conditions, now.conditions)) await recordEvents(db, 'status', [after])
    if (!isDeepStrictEqual(before.status?.observed ?? {}, now.observed)) await recordSnapshotChange(db, after)
    return true
  })
}
