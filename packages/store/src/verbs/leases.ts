// SPDX-License-Identifier: Apache-2.0
/** Leases: taken, moved and released by their holder, by the clock of the database. */
import { sql } from 'kysely'
import type { Connection } from '../database.ts'
import type { Lease, LeaseProgress } from '../lease.ts'
import { inMs } from './claim-work.ts'

/** See Store. */
export async function takeLease(db: Connection, { name, holder, leaseMs }: Lease): Promise<number | undefined> {
  const until = inMs(leaseMs)
  const row = await db
    .insertInto('leases')
    .values({ name, holder, until })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, until })
        .where((or) => or.or([or('leases.holder', '=', holder), or('leases.until', '<', sql<Date>`now()`)])),
    )
    .returning('position')
    .executeTakeFirst()
  return row?.position
}

/** See Store. */
export async function moveLease(db: Connection, { name, holder, leaseMs }: Lease, position: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('leases')
    .set({ position, until: inMs(leaseMs) })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** See Store. */
export async function leaseProgress(db: Connection, name: string): Promise<LeaseProgress> {
  const held = sql<boolean>`until > now()`.as('held')
  const lease = await db
    .selectFrom('leases')
    .select(['holder', 'position', held])
    .where('name', '=', name)
    .executeTakeFirst()
  const chain = await db.selectFrom('audit_chain').select(['sequence', 'trimmed_through']).executeTakeFirstOrThrow()
  const waiting = chain.sequence - Math.max(lease?.position ?? 0, chain.trimmed_through)
  return { ...(lease?.held === true ? { holder: lease.holder } : {}), waiting }
}

/** See Store. */
export async function releaseLease(db: Connection, { name, holder }: Lease): Promise<void> {
  await db
    .updateTable('leases')
    .set({ until: sql<Date>`now()` })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .execute()
}
