// SPDX-License-Identifier: Apache-2.0
/** Sign-ins at identity providers that are under way. Each is taken once. */
import type { Connection } from '../../database.ts'
import type { SignInUnderWay } from '../../people/person.ts'
import { fromNow } from './moments.ts'

/** See PeopleVerbs. */
export async function saveSignIn(db: Connection, signIn: SignInUnderWay, lifeMs: number): Promise<void> {
  const { stateHash, browserHash, provider, nonce, verifier, returnTo } = signIn
  await db
    .insertInto('sign_ins')
    .values({
      state_hash: stateHash,
      browser_hash: browserHash,
      provider,
      nonce,
      verifier,
      return_to: returnTo,
      expires_at: fromNow(lifeMs),
    })
    .execute()
}

/** See PeopleVerbs. */
export async function takeSignIn(db: Connection, stateHash: Buffer): Promise<SignInUnderWay | undefined> {
  const row = await db
    .deleteFrom('sign_ins')
    .where('state_hash', '=', stateHash)
    .where('expires_at', '>', fromNow(0))
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { provider, nonce, verifier, return_to: returnTo } = row
  return { stateHash, browserHash: Buffer.from(row.browser_hash), provider, nonce, verifier, returnTo }
}
