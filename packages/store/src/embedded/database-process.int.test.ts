// SPDX-License-Identifier: Apache-2.0
/** The embedded database survives what happens to its process, its parent and its connection. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DatabaseProcess } from './database-process.ts'
import { poolOf } from './open-embedded.ts'

let root: string
let database: DatabaseProcess
let pool: pg.Pool
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'kaas-database-'))
  database = new DatabaseProcess({ directory: root, cacheDirectory: join(homedir(), '.cache', 'kaas') })
  pool = poolOf(database)
  pool.on('error', () => {})
  await pool.query('create table if not exists numbers (n integer)')
})
afterEach(async () => {
  await pool.end()
  await database.stop()
  rmSync(root, { recursive: true })
})

it('comes back with all that was committed when its process is killed', async () => {
  await pool.query('insert into numbers values (1), (2)')
  const child = await database.child()
  const running = pool.query('select pg_sleep(1), generate_series(1, 1000000)')
  const failed = expect(running).rejects.toThrow(/Connection terminated/)
  child.kill('SIGKILL')
  await failed
  expect((await pool.query('select count(*)::integer as count from numbers')).rows).toEqual([{ count: 2 }])
})

it('shows a new connection nothing of what the one before left open', async () => {
  const client = await pool.connect()
  await client.query('begin')
  await client.query('insert into numbers values (3)')
  await client.query('set search_path to nowhere')
  client.release(new Error('lost'))
  expect((await pool.query('select count(*)::integer as count from numbers')).rows).toEqual([{ count: 0 }])
})

it('answers wrong statements and goes on', async () => {
  await expect(pool.query('select * from nothing')).rejects.toMatchObject({ code: '42P01' })
  await expect(pool.query('insert into numbers values ($1)', ['x'])).rejects.toMatchObject({ code: '22P02' })
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

it('takes and gives values of many megabytes', async () => {
  const text = 'ab'.repeat(4 * 1024 * 1024)
  const { rows } = await pool.query('select $1::text as text', [text])
  expect(rows[0]?.text).toBe(text)
})

it('goes on when the interrupt of a terminal reaches it too: its owner decides when it ends', async () => {
  const child = await database.child()
  child.kill('SIGINT')
  child.kill('SIGTERM')
  await pool.query('insert into numbers values (4)')
  expect(await database.child()).toBe(child)
})

it('ends with an owner that is killed, so that the next one finds the directory free and the data there', async () => {
  await pool.query('insert into numbers values (5)')
  await pool.end()
  await database.stop()
  const script = `import { openEmbedded } from ${JSON.stringify(new URL('./open-embedded.ts', import.meta.url))}
const { pool } = await openEmbedded(${JSON.stringify(root)}, undefined)
await pool.query('insert into numbers values (6)')
console.log('written')
await pool.query('select pg_sleep(0.3)')`
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(owner.stdout, 'data')
  owner.kill('SIGKILL')
  pool = poolOf(database)
  expect((await pool.query('select n from numbers order by n')).rows).toEqual([{ n: 5 }, { n: 6 }])
})
