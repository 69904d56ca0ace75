// SPDX-License-Identifier: Apache-2.0
/** The first start of an embedded database: fast by a seed, right without one, and never on another version's files. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { prepareData } from './prepare-data.ts'

let root: string
let made = 0
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kaas-data-'))
  made = 0
})
afterEach(() => rmSync(root, { recursive: true }))

/** What `initdb` leaves, as far as this file looks at it. */
async function makeEmpty(directory: string): Promise<void> {
  made += 1
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'PG_VERSION'), '18\n')
}

it('the seed is made once and copied then', async () => {
  for (const name of ['a', 'b', 'c']) {
    await prepareData(join(root, name), join(root, 'cache'), makeEmpty)
    expect(readFileSync(join(root, name, 'PG_VERSION'), 'utf8')).toBe('18\n')
  }
  expect(made).toBe(1)
  expect(readdirSync(join(root, 'cache'))).toHaveLength(1)
})

it('a database that exists is left alone', async () => {
  mkdirSync(join(root, 'a'))
  writeFileSync(join(root, 'a', 'PG_VERSION'), '18\n')
  await prepareData(join(root, 'a'), join(root, 'cache'), makeEmpty)
  expect(made).toBe(0)
})

it('a cache that cannot be written costs only time', async () => {
  writeFileSync(join(root, 'cache'), 'a file where a folder should be')
  await prepareData(join(root, 'a'), join(root, 'cache'), makeEmpty)
  expect(existsSync(join(root, 'a', 'PG_VERSION'))).toBe(true)
})

it('a first start that was killed begins again', async () => {
  mkdirSync(join(root, 'a.new'))
  writeFileSync(join(root, 'a.new', 'half'), '')
  await prepareData(join(root, 'a'), undefined, makeEmpty)
  expect(readdirSync(join(root, 'a'))).toEqual(['PG_VERSION'])
})

it.each([
  ['19\n', /a newer PostgreSQL \(19/],
  ['16\n', /an older PostgreSQL \(16/],
])('files of PostgreSQL %j are refused', async (version, message) => {
  mkdirSync(join(root, 'a'))
  writeFileSync(join(root, 'a', 'PG_VERSION'), version)
  await expect(prepareData(join(root, 'a'), undefined, makeEmpty)).rejects.toMatchObject({
    code: 'state-newer',
    message: expect.stringMatching(message),
  })
})
