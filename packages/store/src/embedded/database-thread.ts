// SPDX-License-Identifier: Apache-2.0
/**
 * The thread that the embedded database runs in, kept: when it ends by itself (the disk is full, the database has given up), the
 * next connection starts another, which recovers from the log as PostgreSQL does after a crash.
 */
import { Worker } from 'node:worker_threads'
import { KaasError } from '@kaas/errors'
import type { FromWorker, ToWorker } from './worker.ts'

/** Owns at most one thread at a time. */
export class DatabaseThread {
  readonly #data: string
  #worker: Promise<Worker> | undefined

  /** `data` is the database's directory; it is made when it is empty. */
  constructor(data: string) {
    this.#data = data
  }

  /** The running thread, started when there is none. Throws `stored-data-corrupt` when the database does not open. */
  worker(): Promise<Worker> {
    this.#worker ??= this.#start()
    return this.#worker
  }

  /** Shuts the database down and ends the thread. */
  async stop(): Promise<void> {
    const worker = await this.#worker?.catch(() => undefined)
    if (worker === undefined) return
    const exited = new Promise((resolve) => worker.once('exit', resolve))
    worker.postMessage({ kind: 'close' } satisfies ToWorker)
    await exited
  }

  async #start(): Promise<Worker> {
    try {
      const worker = await openWorker(this.#data)
      worker.once('exit', () => {
        this.#worker = undefined
      })
      worker.on('error', () => {}) // The end that follows is what counts.
      return worker
    } catch (error) {
      this.#worker = undefined
      throw error
    }
  }
}

function openWorker(data: string): Promise<Worker> {
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
    worker.once('error', (error) => fail(error instanceof Error ? error.message : String(error)))
  })
}
