// SPDX-License-Identifier: Apache-2.0
/**
 * The process in which the embedded PostgreSQL runs: a long query does not stall the control plane, and a crash of the engine does
 * not end it (decision 0005). Takes bytes of PostgreSQL's protocol over the channel to its parent, which nobody else can reach, and
 * answers with bytes. It holds the lock of the directory itself, so that no other opens it while this one still runs.
 */
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { type ErrorCode, KaasError } from '@kaas/errors'
import { lockDirectory } from './directory-lock.ts'
import { prepareData } from './prepare-data.ts'

/** What the database says. Bytes carry the number of the connection they answer: a closed one may still be answered. */
export type FromDatabase =
  | { readonly kind: 'open' }
  | { readonly kind: 'bytes'; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly code?: ErrorCode; readonly message: string; readonly help?: string | undefined }

/** What the database is told: `open` first and once; `connect` before the first bytes of a new connection. */
export type ToDatabase =
  | { readonly kind: 'open'; readonly directory: string; readonly cacheDirectory: string | undefined }
  | { readonly kind: 'connect' }
  | { readonly kind: 'bytes'; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly kind: 'close' }

interface OpenDatabase {
  readonly engine: PGlite
  readonly release: () => void
}

const say = (message: FromDatabase) => process.send?.(message)
let queue: Promise<OpenDatabase | undefined> = Promise.resolve(undefined)

process.on('message', (message: ToDatabase) => {
  queue = queue.then((database) => orGiveUp(() => obey(database, message)))
})
// The parent decides when to end, also when a terminal's Ctrl-C reaches both. A parent that was killed cannot: then at once.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('disconnect', () => process.exit(0))

async function obey(database: OpenDatabase | undefined, message: ToDatabase): Promise<OpenDatabase | undefined> {
  if (message.kind === 'open') return await open(message.directory, message.cacheDirectory)
  if (database === undefined) return undefined
  switch (message.kind) {
    case 'connect':
      await forgetSession(database.engine)
      return database
    case 'bytes':
      await database.engine.execProtocolRawStream(message.bytes, {
        onRawData: (data) => say({ kind: 'bytes', connection: message.connection, bytes: data.slice() }),
      })
      return database
    case 'close':
      await close(database)
      return undefined
    default:
      return message satisfies never
  }
}

async function open(directory: string, cacheDirectory: string | undefined): Promise<OpenDatabase> {
  const release = await lockDirectory(directory, process.ppid)
  const data = join(directory, 'postgres')
  await prepareData(data, cacheDirectory, makeEmpty)
  const engine = await PGlite.create({ dataDir: data })
  say({ kind: 'open' })
  return { engine, release }
}

async function makeEmpty(directory: string): Promise<void> {
  const engine = await PGlite.create({ dataDir: directory })
  await engine.close()
}

/** There is one session for all connections: what the one before left open must not be seen by the next. */
async function forgetSession(engine: PGlite): Promise<void> {
  await engine.exec('rollback')
  await engine.exec('discard all')
}

/** An ordinary error travels as bytes. What is thrown means that the database itself has given up; the next process recovers. */
async function orGiveUp(work: () => Promise<OpenDatabase | undefined>): Promise<OpenDatabase | undefined> {
  try {
    return await work()
  } catch (error) {
    const known = error instanceof KaasError ? { code: error.code, help: error.help } : {}
    const message = error instanceof Error ? error.message : String(error)
    process.send?.({ kind: 'failed', ...known, message } satisfies FromDatabase, () => process.exit(1))
    return undefined
  }
}

/** A clean shutdown needs no recovery at the next start. The transaction of a caller that went away is rolled back by it. */
async function close({ engine, release }: OpenDatabase): Promise<void> {
  try {
    await engine.exec('rollback; checkpoint')
    await engine.close()
    release()
  } finally {
    process.exit(0)
  }
}
