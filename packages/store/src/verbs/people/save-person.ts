// SPDX-License-Identifier: Apache-2.0
/** Remembers what an identity provider said about somebody. */
import { type Connection, inTransaction, json } from '../../database.ts'
import type { Person, PersonOutcome } from '../../people/person.ts'
import { removePerson } from './load-person.ts'
import { fromNow } from './moments.ts'

/** See PeopleVerbs. */
export function savePerson(connection: Connection, person: Person): Promise<PersonOutcome> {
  return inTransaction(connection, async (db) => {
    const { provider, subject, name } = person
    const holder = await db
      .selectFrom('people')
      .select(['provider', 'subject'])
      .where('name', '=', name)
      .forUpdate()
      .executeTakeFirst()
    if (holder !== undefined && (holder.provider !== provider || holder.subject !== subject)) {
      return { kind: 'taken', by: holder }
    }
    const before = await db
      .selectFrom('people')
      .select('name')
      .where('provider', '=', provider)
      .where('subject', '=', subject)
      .where('name', '!=', name)
      .forUpdate()
      .executeTakeFirst()
    if (before !== undefined) await removePerson(db, before.name)
    await write(db, person)
    return before === undefined ? { kind: 'saved' } : { kind: 'renamed', from: before.name }
  })
}

async function write(
  db: Connection,
  { name, provider, subject, displayName, email, groups, claims }: Person,
): Promise<void> {
  const said = {
    display_name: displayName,
    email: email ?? null,
    groups: json(groups),
    claims: json(claims),
    last_sign_in_at: fromNow(0),
  }
  await db
    .insertInto('people')
    .values({ name, provider, subject, ...said })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(said))
    .execute()
}
