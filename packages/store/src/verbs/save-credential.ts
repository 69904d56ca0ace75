// SPDX-License-Identifier: Apache-2.0
/** Stores a password's SCRAM values, encrypted, and ends what is beyond two. */
import { randomUUID } from 'node:crypto'
import type { CredentialSummary, NewCredential, ScramValue } from '../credential.ts'
import { type Connection, inTransaction, json } from '../database.ts'
import { isKey, recordWork } from '../record.ts'
import type { ResourceKey } from '../resource.ts'
import { seal } from '../seal.ts'

/** Kafka holds one value per mechanism, and there are two. */
const MOST_VALID = 2

/** See Store. Wakes the reconciler. */
export function saveCredential(
  connection: Connection,
  sealKey: Buffer,
  user: ResourceKey<'User'>,
  { mechanism, values }: NewCredential,
): Promise<CredentialSummary> {
  return inTransaction(connection, async (db) => {
    const id = randomUUID()
    const sealed = seal(sealKey, placeOf(user, id), Buffer.from(json(values.map(packed))))
    const tenant = user.tenant ?? ''
    const { created_at } = await db
      .insertInto('credentials')
      .values({ id, tenant, user_name: user.name, mechanism, sealed })
      .returning('created_at')
      .executeTakeFirstOrThrow()
    await endOldest(db, tenant, user.name)
    await recordWork(db, isKey(user))
    return { id, mechanism, createdAt: created_at }
  })
}

/** What the encryption of a credential is bound to. */
export function placeOf(user: ResourceKey<'User'>, id: string): string {
  return `credential ${user.tenant}.${user.name} ${id}`
}

async function endOldest(db: Connection, tenant: string, name: string): Promise<void> {
  const mine = db.selectFrom('credentials').where('tenant', '=', tenant).where('user_name', '=', name)
  const beyond = mine.select('number').orderBy('number', 'desc').offset(MOST_VALID)
  await db.deleteFrom('credentials').where('number', 'in', beyond).execute()
}

function packed({ mechanism, iterations, salt, saltedPassword }: ScramValue) {
  return { mechanism, iterations, salt: salt.toString('base64'), saltedPassword: saltedPassword.toString('base64') }
}
