// SPDX-License-Identifier: Apache-2.0
/** Reads the audit log, newest first. */
import { KaasError } from '@kaas/errors'
import type { Selectable } from 'kysely'
import type { AuditQuery, AuditRecord } from '../audit.ts'
import type { AuditTable, Connection } from '../database.ts'
import type { Page } from '../list-query.ts'

/** See Store. The cursor is the sequence of the last record. Throws `usage-invalid` for another text. */
export async function listAudit(db: Connection, query: AuditQuery): Promise<Page<AuditRecord>> {
  const { limit, cursor, subject, actor, outcome } = query
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .$if(cursor !== undefined, (select) => select.where('sequence', '<', sequenceIn(cursor ?? '')))
    .$if(subject !== undefined, (select) => select.where('subject', '=', subject ?? ''))
    .$if(actor !== undefined, (select) => select.where('actor', '=', actor ?? ''))
    .$if(outcome !== undefined, (select) => select.where('outcome', '=', outcome ?? 'allowed'))
    .orderBy('sequence', 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(recordOf)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined ? { items, next: String(last.sequence) } : { items }
}

function sequenceIn(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw new KaasError('usage-invalid', {
    message: 'The cursor cannot be read.',
    help: 'Take `next` of the page before as it is, or begin without a cursor.',
  })
}

function recordOf(row: Selectable<AuditTable>): AuditRecord {
  const { sequence, id, at, actor, action, subject, outcome, rule, before, after, remote_address } = row
  return {
    sequence,
    id,
    at,
    actor,
    action,
    subject,
    outcome,
    rule,
    ...(before === null ? {} : { before }),
    ...(after === null ? {} : { after }),
    ...(remote_address === null ? {} : { remoteAddress: remote_address }),
  }
}
