// SPDX-License-Identifier: Apache-2.0
/** PostgreSQL without a server: PGlite in a process of its own, behind the same `pg` pool, with one connection. */
import pg from 'pg'
import { poolSettings } from '../pool-settings.ts'
import { DatabaseProcess } from './database-process.ts'
import { ProcessStream } from './process-stream.ts'

/** An open embedded database. `close` ends the pool before the database, which then releases the directory. */
export interface EmbeddedDatabase {
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** Opens the database under `directory`, making it when there is none. Throws `state-locked`, `state-newer`, `stored-data-corrupt`. */
export async function openEmbedded(directory: string, cacheDirectory: string | undefined): Promise<EmbeddedDatabase> {
  const database = new DatabaseProcess({ directory, cacheDirectory })
  await database.child()
  const pool = poolOf(database)
  return {
    pool,
    close: async () => {
      await pool.end()
      await database.stop()
    },
  }
}

/** A pool of the one connection that the process has. */
export function poolOf(database: DatabaseProcess): pg.Pool {
  const login = { user: 'postgres', database: 'postgres' }
  const stream = () => new ProcessStream(database)
  return new pg.Pool({ ...poolSettings, ...login, max: 1, idleTimeoutMillis: 0, stream })
}
