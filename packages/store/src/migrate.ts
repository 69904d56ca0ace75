// SPDX-License-Identifier: Apache-2.0
/** Brings a database to this version's schema. Several processes may start at once: kysely's migrator holds an advisory lock. */
import { KaasError } from '@kaas/errors'
import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Database } from './database.ts'
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts'

const TABLE = 'kaas_migrations'

/** Runs what is missing. Throws `state-newer` when a newer version has been here: its data would be misread. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  await refuseNewer(db)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...ALL_MIGRATIONS }) },
    migrationTableName: TABLE,
    migrationLockTableName: `${TABLE}_lock`,
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

async function refuseNewer(db: Kysely<Database>): Promise<void> {
  const table = await sql<{ found: string | null }>`select to_regclass(${TABLE})::text as found`.execute(db)
  if ((table.rows[0]?.found ?? null) === null) return
  const done = await sql<{ name: string }>`select name from ${sql.table(TABLE)} order by name`.execute(db)
  const unknown = done.rows.filter(({ name }) => !Object.hasOwn(ALL_MIGRATIONS, name)).map(({ name }) => name)
  if (unknown.length === 0) return
  throw new KaasError('state-newer', {
    message: `The database was written by a newer version of KaaS (it has the schema change "${unknown.at(-1)}").`,
    help: 'Start the newer version again, or restore a backup that this version made.',
  })
}
