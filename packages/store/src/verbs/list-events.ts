// SPDX-License-Identifier: Apache-2.0
/** Reads the event stream from a place on. */
import type { Connection } from '../database.ts'
import { keyOfRow } from '../resource-row.ts'
import type { StoreEvent } from '../store-event.ts'

/** See Store. */
export async function listEvents(db: Connection, sequence: number, limit: number): Promise<readonly StoreEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('sequence', '>', sequence)
    .orderBy('sequence')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    sequence: row.sequence,
    at: row.at,
    type: row.type,
    key: keyOfRow(row),
    ...(row.team === '' ? {} : { team: row.team }),
    ...(row.team_before === '' ? {} : { teamBefore: row.team_before }),
    uid: row.uid,
    generation: row.generation,
    conditions: row.conditions,
  }))
}

/** See Store. */
export async function lastEventSequence(db: Connection): Promise<number> {
  return (await db.selectFrom('counters').select('value').where('name', '=', 'event').executeTakeFirstOrThrow()).value
}
