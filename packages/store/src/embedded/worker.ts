// SPDX-License-Identifier: Apache-2.0
/**
 * The thread in which the embedded PostgreSQL runs, so that a long query does not stall the control plane. Takes bytes of
 * PostgreSQL's protocol and answers with bytes. A port instead of a socket: no other process can reach the database.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

/** What the thread says. Bytes carry the number of the connection they answer: a closed one may still be answered. */
export type FromWorker =
  | { readonly kind: 'open' }
  | { readonly kind: 'bytes'; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' }

/** What the thread is told. `connect` comes before the first bytes of a new connection. */
export type ToWorker =
  | { readonly kind: 'connect' }
  | { readonly kind: 'bytes'; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly kind: 'close' }

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
    await orGiveUp(() => obey(database, message))
    return message.kind === 'close' ? undefined : database
  })
})

async function obey(database: PGlite, message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'connect':
      return await forgetSession(database)
    case 'bytes':
      await database.execProtocolRawStream(message.bytes, {
        onRawData: (data) => say({ kind: 'bytes', connection: message.connection, bytes: data.slice() }),
      })
      return
    case 'close':
      return await close(database)
    default:
      return message satisfies never
  }
}

/** There is one session for all connections: what the one before left open must not be seen by the next. */
async function forgetSession(database: PGlite): Promise<void> {
  await database.exec('rollback')
  await database.exec('discard all')
}

/** An ordinary error travels as bytes. What is thrown means that the database itself has given up; the next thread recovers. */
async function orGiveUp(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
    process.exit(1)
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
