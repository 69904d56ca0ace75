// SPDX-License-Identifier: Apache-2.0
/**
 * The thread in which the embedded PostgreSQL runs, so that a long query does not stall the control plane. Takes bytes of
 * PostgreSQL's protocol and answers with bytes. A port instead of a socket: no other process can reach the database.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

/** What the thread says. `bytes` answers one write; messages keep their order. */
export type FromWorker =
  | { readonly kind: 'open' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' }

/** What the thread is told. */
export type ToWorker = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'close' }

const port = parentPort
if (port === null) throw new Error('This file runs as a worker thread only.')
const say = (message: FromWorker) => port.postMessage(message)

let queue = start(String(workerData.directory))

async function start(directory: string): Promise<PGlite | undefined> {
  try {
    const database = await PGlite.create({ dataDir: directory })
    say({ kind: 'open' })
    return database
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
    return undefined
  }
}

port.on('message', (message: ToWorker) => {
  queue = queue.then(async (database) => {
    if (database === undefined) return undefined
    if (message.kind === 'bytes') {
      await answer(database, message.bytes)
      return database
    }
    await close(database)
    return undefined
  })
})

async function answer(database: PGlite, bytes: Uint8Array): Promise<void> {
  try {
    await database.execProtocolRawStream(bytes, { onRawData: (data) => say({ kind: 'bytes', bytes: data.slice() }) })
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}

/** A clean shutdown needs no recovery at the next start. The transaction of a caller that went away is rolled back by it. */
async function close(database: PGlite): Promise<void> {
  try {
    await database.exec('rollback; checkpoint')
    await database.close()
  } finally {
    say({ kind: 'closed' })
    port?.close()
  }
}
