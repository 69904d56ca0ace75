// SPDX-License-Identifier: Apache-2.0
/** Notices at the start that the key is not the one the database was used with, before anything is written with it. */
import { KaasError } from '@kaas/errors'
import type { Connection } from './database.ts'
import { keyFingerprint, SECRETS_KEY_BYTES } from './seal.ts'

const NAME = 'secrets-key'

/** Remembers the key's fingerprint the first time. Throws `config-invalid` for another key or one of a wrong length. */
export async function checkKey(db: Connection, key: Buffer): Promise<void> {
  if (key.length !== SECRETS_KEY_BYTES)
    throw keyError(`The secrets key has ${key.length} bytes; it needs ${SECRETS_KEY_BYTES}.`)
  const value = keyFingerprint(key)
  await db
    .insertInto('settings')
    .values({ name: NAME, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const stored = await db.selectFrom('settings').select('value').where('name', '=', NAME).executeTakeFirstOrThrow()
  if (stored.value !== value) throw keyError('The secrets key is not the one this database was used with.')
}

function keyError(message: string): KaasError {
  return new KaasError('config-invalid', { message, help: 'Point KAAS_SECRETS_KEY_FILE at the file that was used before.' })
}
