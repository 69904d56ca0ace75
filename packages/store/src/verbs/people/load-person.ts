// SPDX-License-Identifier: Apache-2.0
/** Reads and forgets people. */
import type { Selectable } from 'kysely'
import { type Connection, type Database, inTransaction } from '../../database.ts'
import type { PersonRecord } from '../../people/person.ts'

const MOST_LISTED = 1000

/** See PeopleVerbs. */
export async function loadPerson(db: Connection, name: string): Promise<PersonRecord | undefined> {
  const row = await db.selectFrom('people').selectAll().where('name', '=', name).executeTakeFirst()
  return row && recordOf(row)
}

/** See PeopleVerbs. */
export async function listPeople(db: Connection): Promise<readonly PersonRecord[]> {
  return (await db.selectFrom('people').selectAll().orderBy('name').limit(MOST_LISTED).execute()).map(recordOf)
}

/** See PeopleVerbs. */
export function removePerson(connection: Connection, name: string): Promise<boolean> {
  return inTransaction(connection, async (db) => {
    await db.deleteFrom('sessions').where('person', '=', name).execute()
    await db.deleteFrom('tokens').where('owner', '=', name).where('kind', '=', 'personal').execute()
    const { numDeletedRows } = await db.deleteFrom('people').where('name', '=', name).executeTakeFirst()
    return numDeletedRows > 0n
  })
}

function recordOf(row: Selectable<Database['people']>): PersonRecord {
  const { name, provider, subject, groups, claims, email } = row
  return {
    name,
    provider,
    subject,
    groups,
    claims,
    displayName: row.display_name,
    lastSignInAt: row.last_sign_in_at,
    ...(email === null ? {} : { email }),
  }
}
