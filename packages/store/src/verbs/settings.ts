// SPDX-License-Identifier: Apache-2.0
/** Small facts about the installation that outlive a process, as the commit that was taken over last. Never a secret. */
import type { Connection } from '../database.ts'

/** See Store. */
export async function loadSetting(db: Connection, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value
}

/** See Store. */
export async function saveSetting(db: Connection, name: string, value: string): Promise<void> {
  await db
    .insertInto('settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
