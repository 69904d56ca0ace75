// SPDX-License-Identifier: Apache-2.0
/** Tells that somebody changed by hand what belongs to a resource, with an audit record of what it was. */
import type { AuditEntry } from '../audit.ts'
import { type Connection, inTransaction } from '../database.ts'
import { recordEvents } from '../record.ts'
import type { ResourceKey } from '../resource.ts'
import { loadResource } from './load-resource.ts'
import { saveAudit } from './save-audit.ts'

/** See Store. */
export function saveDrift(connection: Connection, auditKey: Buffer, key: ResourceKey, audit: AuditEntry): Promise<void> {
  return inTransaction(connection, async (db) => {
    const resource = await loadResource(db, key)
    if (resource !== undefined) await recordEvents(db, 'drift', [resource])
    await saveAudit(db, auditKey, audit)
  })
}
