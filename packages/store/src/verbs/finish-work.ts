// SPDX-License-Identifier: Apache-2.0
/**
 * The ends of a piece of work: well, badly, or not yet. All take effect only while the lease is still the worker's own, and
 * all leave the object due when a write came after it was claimed.
 */
import { sql } from 'kysely'
import { type Connection, inTransaction } from '../database.ts'
import { notify } from '../record.ts'
import { keyColumns } from '../resource-row.ts'
import type { WorkItem } from '../work-item.ts'
import { inMs } from './claim-work.ts'

/** See Store. */
export async function finishWork(db: Connection, item: WorkItem, againInMs?: number): Promise<void> {
  const due = againInMs === undefined ? sql<Date>`'infinity'::timestamptz` : inMs(againInMs)
  await end(db, item, { due, attempts: 0, reason: null })
}

/** See Store. `reason` is kept for people who look at the queue. */
export async function retryLater(db: Connection, item: WorkItem, delayMs: number, reason: string): Promise<void> {
  await end(db, item, { due: inMs(delayMs), attempts: item.attempts + 1, reason })
}

/** See Store. */
export async function extendClaim(db: Connection, item: WorkItem, leaseMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('work')
    .set({ leased_until: inMs(leaseMs) })
    .where(isLeased(item))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

interface Ending {
  readonly due: ReturnType<typeof inMs>
  readonly attempts: number
  readonly reason: string | null
}

function end(connection: Connection, item: WorkItem, { due, attempts, reason }: Ending): Promise<void> {
  return inTransaction(connection, async (db) => {
    const row = await db
      .updateTable('work')
      .set({
        worker: null,
        leased_until: null,
        reason,
        attempts: sql<number>`case when request = ${item.request} then ${attempts}::integer else 0 end`,
        due_at: sql<Date>`case when request = ${item.request} then ${due} else now() end`,
      })
      .where(isLeased(item))
      .returning('request')
      .executeTakeFirst()
    if (row !== undefined && row.request !== item.request) await notify(db, 'work')
  })
}

function isLeased(item: WorkItem) {
  const { kind, tenant, name } = keyColumns(item.key)
  return sql<boolean>`kind = ${kind} and tenant = ${tenant} and name = ${name} and worker = ${item.worker}`
}
