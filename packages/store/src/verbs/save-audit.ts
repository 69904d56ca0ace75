// SPDX-License-Identifier: Apache-2.0
/** Appends to the audit log. The head of the chain is locked until commit: call it last in a transaction, after events. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { AuditEntry, AuditRecord } from '../audit.ts'
import { hashOfRecord } from '../audit-chain.ts'
import { rowOfRecord } from '../audit-row.ts'
import { type Connection, inTransaction, json } from '../database.ts'
import { notify } from '../record.ts'

/** See Store. `key` is that of the chain. */
export function saveAudit(connection: Connection, key: Buffer, entry: AuditEntry): Promise<void> {
  return inTransaction(connection, async (db) => {
    const place = placeOf(entry)
    const { sequence, hash: previous, at, team } = await lockHead(db, place.tenant)
    const content: Omit<AuditRecord, 'hash'> = {
      ...stored(entry),
      ...place,
      ...(team === null ? {} : { team }),
      actorKind: entry.actorKind ?? 'person',
      via: entry.via ?? 'api',
      id: randomUUID(),
      sequence: sequence + 1,
      at,
    }
    const record = { ...content, hash: hashOfRecord(key, previous, content) }
    await db.insertInto('audit').values(rowOfRecord(record)).execute()
    await db.updateTable('audit_chain').set({ sequence: record.sequence, hash: record.hash }).execute()
    await notify(db, 'audit')
  })
}

/** As it comes back from the database, so that its hash is that of what will be read. Halves of characters cannot be stored. */
function stored({ before, after, ...entry }: AuditEntry): AuditEntry {
  const content = { ...entry, before: before ?? undefined, after: after ?? undefined }
  return JSON.parse(json(content), (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value,
  ) as AuditEntry
}

/** The time is read under the lock, so that it grows along the chain. */
async function lockHead(db: Connection, tenant = '') {
  return await db
    .selectFrom('audit_chain')
    .select((eb) => [
      'sequence',
      'hash',
      sql<Date>`clock_timestamp()::timestamptz(3)`.as('at'),
      eb
        .selectFrom('resources')
        .select(sql<string>`spec->>'team'`.as('team'))
        .where('kind', '=', 'Tenant')
        .where('resources.tenant', '=', '')
        .where('name', '=', tenant)
        .as('team'),
    ])
    .forUpdate('audit_chain')
    .executeTakeFirstOrThrow()
}

/** What a path says of tenant and team, or who writes the entry. */
function placeOf({ subject, tenant, team }: AuditEntry): { readonly tenant?: string; readonly team?: string } {
  const [, kind, name] = /^\/v1\/(tenants|teams)\/([^/]+)/.exec(subject) ?? []
  if (kind === undefined || name === undefined) return { ...(tenant && { tenant }), ...(team && { team }) }
  return kind === 'tenants' ? { tenant: name } : { team: name }
}
