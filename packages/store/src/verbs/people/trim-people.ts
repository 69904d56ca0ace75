// SPDX-License-Identifier: Apache-2.0
/** Deletes sessions, tokens, sign-ins and counts that have ended. Until then they count as absent. */
import type { Connection } from '../../database.ts'
import { fromNow } from './moments.ts'

/** See PeopleVerbs. */
export async function trimPeople(db: Connection): Promise<void> {
  const now = fromNow(0)
  await db.deleteFrom('sessions').where('expires_at', '<', now).execute()
  await db.deleteFrom('tokens').where('expires_at', '<', now).execute()
  await db.deleteFrom('sign_ins').where('expires_at', '<', now).execute()
  await db.deleteFrom('device_sign_ins').where('expires_at', '<', now).execute()
  await db.deleteFrom('attempts').where('ends_at', '<', now).execute()
}
