// SPDX-License-Identifier: Apache-2.0
/** Reads the audit log: newest first for people, oldest first behind a sequence for who follows it. */
import { KaasError } from '@kaas/errors'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { AuditFilter, AuditQuery, AuditRecord } from '../audit.ts'
import { recordOfRow } from '../audit-row.ts'
import type { Connection, Database } from '../database.ts'
import type { Page } from '../list-query.ts'

/** See Store. The cursor is the sequence of the last record. Throws `usage-invalid` for another text. */
export async function listAudit(db: Connection, query: AuditQuery): Promise<Page<AuditRecord>> {
  const { limit, cursor, after } = query
  const wanted = filtered(db.selectFrom('audit').selectAll(), query)
  const at = cursor === undefined ? after : sequenceIn(cursor)
  const page =
    after === undefined
      ? wanted.$if(at !== undefined, (select) => select.where('sequence', '<', at ?? 0)).orderBy('sequence', 'desc')
      : wanted.where('sequence', '>', at ?? 0).orderBy('sequence')
  const rows = await page.limit(limit + 1).execute()
  const items = rows.slice(0, limit).map(recordOfRow)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined ? { items, next: String(last.sequence) } : { items }
}

type Select<R> = SelectQueryBuilder<Database, 'audit', R>

function filtered<R>(all: Select<R>, { below, from, until, text, within, ...same }: AuditFilter): Select<R> {
  let select = all
  for (const column of ['subject', 'actor', 'action', 'tenant', 'team', 'outcome'] as const) {
    const value = same[column]
    if (value !== undefined) select = select.where(column, '=', value)
  }
  if (below !== undefined) {
    select = select.where(sql<boolean>`(subject = ${below} or subject like ${`${escaped(below.replace(/\/$/, ''))}/%`})`)
  }
  if (from !== undefined) select = select.where('at', '>=', from)
  if (until !== undefined) select = select.where('at', '<', until)
  if (text !== undefined) select = select.where(contains(text))
  if (within === undefined) return select
  const { teams, tenants } = within
  return select.where(sql<boolean>`(team = any(${teams}::text[]) or tenant = any(${tenants}::text[]) and at >= ${madeAt})`)
}

/** A tenant that had the name before was another one; what happened in it is not this one's. */
const madeAt = sql`(select created_at from resources where kind = 'Tenant' and resources.tenant = '' and name = audit.tenant)`

function contains(text: string) {
  const columns = ['actor', 'action', 'subject', 'rule', 'role', 'binding', 'message'].map((name) => sql.ref(name))
  return sql<boolean>`concat_ws(' ', ${sql.join(columns)}) ilike ${`%${escaped(text)}%`}`
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function sequenceIn(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw new KaasError('usage-invalid', {
    message: 'The cursor cannot be read.',
    help: 'Take `next` of the page before as it is, or begin without a cursor.',
  })
}
