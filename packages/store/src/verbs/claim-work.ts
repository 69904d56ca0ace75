// SPDX-License-Identifier: Apache-2.0
/** Takes due work from the queue. Rows that another process is just taking are skipped, not waited for. */
import { sql } from 'kysely'
import type { Connection } from '../database.ts'
import { keyOfRow } from '../resource-row.ts'
import type { ClaimRequest, WorkItem } from '../work-item.ts'

/** See Store. Longest due first. */
export async function claimWork(db: Connection, { worker, leaseMs, limit }: ClaimRequest): Promise<readonly WorkItem[]> {
  const rows = await db
    .updateTable('work')
    .from((eb) =>
      eb
        .selectFrom('work')
        .select(['kind', 'tenant', 'name'])
        .where('due_at', '<=', sql<Date>`now()`)
        .where((or) => or.or([or('leased_until', 'is', null), or('leased_until', '<', sql<Date>`now()`)]))
        .orderBy('due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked()
        .as('due'),
    )
    .set({ worker, leased_until: inMs(leaseMs) })
    .whereRef('work.kind', '=', 'due.kind')
    .whereRef('work.tenant', '=', 'due.tenant')
    .whereRef('work.name', '=', 'due.name')
    .returning(['work.kind', 'work.tenant', 'work.name', 'work.request', 'work.attempts'])
    .execute()
  return rows.map((row) => ({ key: keyOfRow(row), worker, request: row.request, attempts: row.attempts }))
}

/** The database's time, so many milliseconds from now. */
export function inMs(milliseconds: number) {
  return sql<Date>`now() + ${milliseconds} * interval '1 millisecond'`
}
