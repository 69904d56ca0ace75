// SPDX-License-Identifier: Apache-2.0
/** When to look at the queue again without being woken. */
import { sql } from 'kysely'
import type { Connection } from '../database.ts'

/** See Store. A lease counts with its end, since its worker may have died. */
export async function nextDueInMs(db: Connection): Promise<number | undefined> {
  const { rows } = await sql<{ ms: number | null }>`
    select ceil(extract(epoch from least(
      (select due_at from work where leased_until is null and due_at < 'infinity' order by due_at limit 1),
      (select leased_until from work where leased_until is not null order by leased_until limit 1)
    ) - now()) * 1000)::double precision as ms`.execute(db)
  const ms = rows[0]?.ms ?? null
  return ms === null ? undefined : Math.max(0, ms)
}
