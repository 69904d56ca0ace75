// SPDX-License-Identifier: Apache-2.0
/** Counted attempts in windows of time, one row per key, for limits that hold over all control planes. */
import { sql } from 'kysely'
import type { Connection } from '../../database.ts'
import { fromNow } from './moments.ts'

const ENDS_IN = sql<number>`ceil(extract(epoch from attempts.ends_at - now()) * 1000)::integer`

/** See PeopleVerbs. A window begins with its first attempt. */
export async function countAttempt(
  db: Connection,
  key: string,
  windowMs: number,
): Promise<{ readonly count: number; readonly endsInMs: number }> {
  const ended = sql<boolean>`attempts.ends_at <= now()`
  return await db
    .insertInto('attempts')
    .values({ key, count: 1, ends_at: fromNow(windowMs) })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        count: sql<number>`case when ${ended} then 1 else attempts.count + 1 end`,
        ends_at: sql<Date>`case when ${ended} then excluded.ends_at else attempts.ends_at end`,
      }),
    )
    .returning(['count', ENDS_IN.as('endsInMs')])
    .executeTakeFirstOrThrow()
}

/** See PeopleVerbs. */
export async function forgetAttempts(db: Connection, key: string): Promise<void> {
  await db.deleteFrom('attempts').where('key', '=', key).execute()
}
