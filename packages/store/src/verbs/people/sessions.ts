// SPDX-License-Identifier: Apache-2.0
/** Sessions of the console. */
import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Connection, Database } from '../../database.ts'
import type { NewSession, SessionRecord } from '../../people/person.ts'
import { fromNow } from './moments.ts'

const MOST_LISTED = 1000
/** A use within this time of the last one is not written. */
const SEEN_EVERY_MS = 60_000
/** Short idle limits are kept to a quarter. */
const SEEN_PER_IDLE = 4

/** See PeopleVerbs. */
export async function openSession(db: Connection, session: NewSession): Promise<SessionRecord> {
  const { secretHash, person, provider, lifeMs, remoteAddress, userAgent } = session
  const row = await db
    .insertInto('sessions')
    .values({
      id: randomUUID(),
      secret_hash: secretHash,
      person,
      provider,
      expires_at: fromNow(lifeMs),
      remote_address: remoteAddress,
      user_agent: userAgent,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return recordOf(row)
}

/** See PeopleVerbs. */
export async function resumeSession(db: Connection, secretHash: Buffer, idleMs: number): Promise<SessionRecord | undefined> {
  const row = await open(db, idleMs).where('secret_hash', '=', secretHash).executeTakeFirst()
  if (row === undefined) return undefined
  const seenEveryMs = Math.min(SEEN_EVERY_MS, idleMs / SEEN_PER_IDLE)
  await db
    .updateTable('sessions')
    .set({ last_seen_at: fromNow(0) })
    .where('id', '=', row.id)
    .where('last_seen_at', '<', fromNow(-seenEveryMs))
    .execute()
  return recordOf(row)
}

/** See PeopleVerbs. */
export async function loadSession(db: Connection, id: string, idleMs: number): Promise<SessionRecord | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const row = await open(db, idleMs).where('id', '=', id).executeTakeFirst()
  return row && recordOf(row)
}

/** See PeopleVerbs. */
export async function listSessions(db: Connection, idleMs: number, person?: string): Promise<readonly SessionRecord[]> {
  const rows = await open(db, idleMs)
    .$if(person !== undefined, (select) => select.where('person', '=', person ?? ''))
    .orderBy('last_seen_at', 'desc')
    .limit(MOST_LISTED)
    .execute()
  return rows.map(recordOf)
}

/** See PeopleVerbs. */
export async function endSession(db: Connection, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('sessions').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

function open(db: Connection, idleMs: number) {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('expires_at', '>', fromNow(0))
    .where('last_seen_at', '>', fromNow(-idleMs))
}

function recordOf(row: Selectable<Database['sessions']>): SessionRecord {
  return {
    id: row.id,
    person: row.person,
    provider: row.provider,
    startedAt: row.started_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    remoteAddress: row.remote_address,
    userAgent: row.user_agent,
  }
}
