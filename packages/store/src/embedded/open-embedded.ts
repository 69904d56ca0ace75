// SPDX-License-Identifier: Apache-2.0
/** PostgreSQL without a server: PGlite in a thread of this process, behind the same `pg` pool, with one connection. */
import { join } from 'node:path'
import pg from 'pg'
import { poolSettings } from '../pool-settings.ts'
import { DatabaseThread } from './database-thread.ts'
import { lockDirectory } from './directory-lock.ts'
import { prepareData } from './prepare-data.ts'
import { WorkerStream } from './worker-stream.ts'

/** An open embedded database. `close` ends the pool before the database and then releases the directory. */
export interface EmbeddedDatabase {
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** Opens the database under `directory`, making it when there is none. Throws `state-locked`, `state-newer`, `stored-data-corrupt`. */
export async function openEmbedded(directory: string, cacheDirectory: string | undefined): Promise<EmbeddedDatabase> {
  const release = await lockDirectory(directory)
  try {
    const data = join(directory, 'postgres')
    await prepareData(data, cacheDirectory, makeEmpty)
    const thread = new DatabaseThread(data)
    await thread.worker()
    const pool = poolOf(thread)
    return {
      pool,
      close: async () => {
        await pool.end()
        await thread.stop()
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

/** A pool of the one connection that the thread has. */
export function poolOf(thread: DatabaseThread): pg.Pool {
  const login = { user: 'postgres', database: 'postgres' }
  const stream = () => new WorkerStream(thread)
  return new pg.Pool({ ...poolSettings, ...login, max: 1, idleTimeoutMillis: 0, stream })
}

async function makeEmpty(directory: string): Promise<void> {
  const thread = new DatabaseThread(directory)
  await thread.worker()
  await thread.stop()
}
