// SPDX-License-Identifier: Apache-2.0
/** Opens the store: connects, migrates, checks the key, and binds the verbs. */
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { chainKey } from './audit-chain.ts'
import { bindVerbs, translated } from './bind-verbs.ts'
import { type ChangeFeed, feedOfPool, feedOfServer } from './change-feed.ts'
import { type Database, inTransaction } from './database.ts'
import { openEmbedded } from './embedded/open-embedded.ts'
import { checkKey } from './key-check.ts'
import { migrate } from './migrate.ts'
import { poolSettings } from './pool-settings.ts'
import type { Store } from './store.ts'
import { trimHistory } from './verbs/trim-history.ts'

/** Where the database is: a PostgreSQL server (15 or later), or a directory for the embedded one. */
export type StoreOptions = (
  | { readonly databaseUrl: string; readonly connections?: number }
  | {
      readonly directory: string
      /** Keeps an empty database to copy from; without it a first start takes seconds. */
      readonly cacheDirectory?: string
    }
) & {
  /** 32 bytes that encrypt credentials. Losing them means new passwords for every user. */
  readonly secretsKey: Buffer
}

/**
 * The open store; the caller closes it. Throws `database-unavailable`, `state-locked`, `state-newer`, `stored-data-corrupt`, and
 * `config-invalid` for a key that does not fit.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { pool, feed, close } = 'databaseUrl' in options ? connectServer(options) : await connectEmbedded(options)
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  try {
    await translated(migrate(db))
    await translated(checkKey(db, options.secretsKey))
    if ('directory' in options) await releaseClaims(db)
  } catch (error) {
    await feed.close()
    await close()
    throw error
  }
  return storeOn(db, options.secretsKey, feed, close)
}

/** What takes longer holds up others and is given up by the server. */
const LONGEST_STATEMENT_MS = 30_000

interface Connected {
  readonly pool: pg.Pool
  readonly feed: ChangeFeed
  close(): Promise<void>
}

function connectServer({ databaseUrl, connections = 10 }: { databaseUrl: string; connections?: number }): Connected {
  const settings = {
    ...poolSettings,
    connectionString: databaseUrl,
    application_name: 'kaas',
    statement_timeout: LONGEST_STATEMENT_MS,
    idle_in_transaction_session_timeout: LONGEST_STATEMENT_MS,
  }
  const pool = new pg.Pool({ ...settings, max: connections })
  pool.on('error', () => {}) // An idle connection broke; the next query makes another.
  return { pool, feed: feedOfServer(() => new pg.Client({ ...settings, keepAlive: true })), close: () => pool.end() }
}

async function connectEmbedded({
  directory,
  cacheDirectory,
}: {
  directory: string
  cacheDirectory?: string
}): Promise<Connected> {
  const { pool, close } = await openEmbedded(directory, cacheDirectory)
  pool.on('error', () => {})
  return { pool, feed: feedOfPool(pool), close }
}

/** Nobody else has an embedded database open, so leases of the run before are void. */
async function releaseClaims(db: Kysely<Database>): Promise<void> {
  await db.updateTable('work').set({ worker: null, leased_until: null }).where('worker', 'is not', null).execute()
}

function storeOn(db: Kysely<Database>, sealKey: Buffer, feed: ChangeFeed, close: () => Promise<void>): Store {
  return {
    ...bindVerbs(db, sealKey),
    transaction: (work) => translated(inTransaction(db, (transaction) => work(bindVerbs(transaction, sealKey)))),
    onChange: feed.onChange,
    ping: async () => {
      await translated(sql`select 1`.execute(db))
    },
    trimHistory: (olderThan) => translated(trimHistory(db, chainKey(sealKey), olderThan)),
    close: async () => {
      await feed.close()
      await close()
    },
  }
}
