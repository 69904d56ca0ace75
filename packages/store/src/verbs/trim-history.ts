// SPDX-License-Identifier: Apache-2.0
/** Deletes old events and audit records. */
import { sql } from 'kysely'
import type { Connection } from '../database.ts'

/** See Store. */
export async function trimHistory(
  db: Connection,
  { eventsMs, auditMs }: { readonly eventsMs: number; readonly auditMs: number },
): Promise<number> {
  const before = (milliseconds: number) => sql<Date>`now() - ${milliseconds} * interval '1 millisecond'`
  const events = await db.deleteFrom('events').where('at', '<', before(eventsMs)).executeTakeFirst()
  const audit = await db.deleteFrom('audit').where('at', '<', before(auditMs)).executeTakeFirst()
  return Number(events.numDeletedRows + audit.numDeletedRows)
}
