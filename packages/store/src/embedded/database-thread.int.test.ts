// SPDX-License-Identifier: Apache-2.0
/** The embedded database survives what happens to its thread and its connection. */
import { mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DatabaseThread } from './database-thread.ts'
import { openEmbedded, poolOf } from './open-embedded.ts'

let root: string
let thread: DatabaseThread
let pool: pg.Pool
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'kaas-thread-'))
  await (await openEmbedded(root, join(homedir(), '.cache', 'kaas'))).close()
  thread = new DatabaseThread(join(root, 'postgres'))
  pool = poolOf(thread)
  pool.on('error', () => {})
  await pool.query('create table if not exists numbers (n integer)')
})
afterEach(async () => {
  await pool.end()
  await thread.stop()
  rmSync(root, { recursive: true })
})

it('comes back with all that was committed when its thread ends', async () => {
  await pool.query('insert into numbers values (1), (2)')
  const running = pool.query('select pg_sleep(1), generate_series(1, 1000000)')
  const failed = expect(running).rejects.toThrow(/Connection terminated/)
  await (await thread.worker()).terminate()
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
