// SPDX-License-Identifier: Apache-2.0
/** The two databases every store test runs on. PostgreSQL starts once per test file, each store gets a database of its own. */
import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@kaas/store'
import { type Postgres, startPostgres, temporaryDirectory } from '@kaas/testkit'

/** One kind of database. `place` says where a store lies, so that it can be opened again. */
export interface Engine {
  readonly name: string
  start(): Promise<void>
  newPlace(): Promise<Place>
  stop(): Promise<void>
}

/** One database: opened with `open`, more than once on a server. */
export interface Place {
  readonly secretsKey: Buffer
  open(secretsKey?: Buffer): Promise<Store>
}

const cacheDirectory = join(homedir(), '.cache', 'kaas')

/** PGlite in a directory of its own. */
export function embeddedEngine(): Engine {
  return {
    name: 'embedded PGlite',
    start: async () => {},
    newPlace: async () => {
      const directory = temporaryDirectory('store')
      const secretsKey = randomBytes(32)
      return { secretsKey, open: (key = secretsKey) => openStore({ directory, cacheDirectory, secretsKey: key }) }
    },
    stop: async () => {},
  }
}

/** PostgreSQL of this machine. */
export function serverEngine(): Engine {
  let server: Postgres | undefined
  let count = 0
  return {
    name: 'PostgreSQL',
    start: async () => {
      server = await startPostgres()
    },
    newPlace: async () => {
      count += 1
      const databaseUrl = (await server?.createDatabase(`store_${count}`)) ?? ''
      const secretsKey = randomBytes(32)
      return { secretsKey, open: (key = secretsKey) => openStore({ databaseUrl, secretsKey: key }) }
    },
    stop: async () => server?.stop(),
  }
}
