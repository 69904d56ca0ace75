// SPDX-License-Identifier: Apache-2.0
import { runProgram } from '@kaas/kafka-engine'
import { expect, test } from 'vitest'
import { startPostgres } from './postgres.ts'

test('PostgreSQL answers on its URL, gives each test a database of its own, and is gone after stop', async () => {
  const postgres = await startPostgres()
  const url = await postgres.createDatabase('second')
  const query = await runProgram('psql', ['-AtX', url, '-c', 'select current_database()'])
  expect(query.stdout.trim()).toBe('second')
  await postgres.stop()
  const after = await runProgram('psql', ['-AtX', url, '-c', 'select 1'], { allowFailure: true })
  expect(after.code).not.toBe(0)
})
