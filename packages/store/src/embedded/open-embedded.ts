// SPDX-License-Identifier: Apache-2.0
/** PostgreSQL without a server: PGlite in a thread of this process, behind the same `pg` pool, with one connection. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { KaasError } from '@kaas/errors'
import pg from 'pg'
import { poolSettings } from '../pool-settings.ts'
import { lockDirectory } from './directory-lock.ts'
import { prepareData } from './prepare-data.ts'
import type { FromWorker, ToWorker } from './worker.ts'
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
    const worker = await startWorker(data)
    const stream = () => new WorkerStream(worker)
    const pool = new pg.Pool({
      ...poolSettings,
      user: 'postgres',
      database: 'postgres',
      max: 1,
      idleTimeoutMillis: 0,
      stream,
    })
    return {
      pool,
      close: async () => {
        await pool.end()
        await stopWorker(worker)
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

async function makeEmpty(directory: string): Promise<void> {
  await stopWorker(await startWorker(directory))
}

function startWorker(data: string): Promise<Worker> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { directory: data } })
  return new Promise((resolve, reject) => {
    const fail = (message: string) => {
      void worker.terminate()
      reject(
        new KaasError('stored-data-corrupt', {
          message: `The embedded database in ${data} does not open: ${message}`,
          help: 'Restore the directory from a backup, or move it away to begin anew.',
        }),
      )
    }
    worker.once('message', (message: FromWorker) => {
      if (message.kind === 'failed') fail(message.message)
      else resolve(worker)
    })
    worker.once('error', (error) => fail(error.message))
  })
}

async function stopWorker(worker: Worker): Promise<void> {
  const exited = new Promise((resolve) => worker.once('exit', resolve))
  worker.postMessage({ kind: 'close' } satisfies ToWorker)
  await exited
}
