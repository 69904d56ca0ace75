// SPDX-License-Identifier: Apache-2.0
/** The two databases that everything above the store is tested on: `describe.each(databaseEngines())`. */
import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@kaas/store'
import { type Postgres, startPostgres } from './postgres.ts'
import { temporaryDirectory } from './temporary-directory.ts'

/** One kind of database. Call `start` before all tests and `stop` after them. */
export interface DatabaseEngine {
  readonly name: string
  start(): Promise<void>
  /** A new empty database. */
  newDatabase(): Promise<TestDatabase>
  stop(): Promise<void>
}

/** One database. A server's can be open several times at once, the embedded one only once. */
export interface TestDatabase {
  readonly secretsKey: Buffer
  /** Opens it with its own key, or with another one. */
  open(secretsKey?: Buffer): Promise<Store>
}

/** PGlite, and PostgreSQL of this machine. Missing programs throw `tool-missing` in `start`. */
export function databaseEngines(): readonly DatabaseEngine[] {
  return [embedded(), server()]
}

function embedded(): DatabaseEngine {
  const cacheDirectory = join(homedir(), '.cache', 'kaas')
  return {
    name: 'embedded PGlite',
    start: async () => {},
    newDatabase: async () => {
      const directory = temporaryDirectory('store')
      const secretsKey = randomBytes(32)
      return { secretsKey, open: (key = secretsKey) => openStore({ directory, cacheDirectory, secretsKey: key }) }
    },
    stop: async () => {},
  }
}

function server(): DatabaseEngine {
  let postgres: Postgres | undefined
  let count = 0
  return {
    name: 'PostgreSQL',
    start: async () => {
      postgres = await startPostgres()
    },
    newDatabase: async () => {
      count += 1
      const databaseUrl = (await postgres?.createDatabase(`store_${count}`)) ?? ''
      const secretsKey = randomBytes(32)
      return { secretsKey, open: (key = secretsKey) => openStore({ databaseUrl, secretsKey: key }) }
    },
    stop: async () => postgres?.stop(),
  }
}
