// SPDX-License-Identifier: Apache-2.0
import { appendFileSync, existsSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readLogFrom, rotateLog } from './log-file.ts'

const newFile = () => join(mkdtempSync(join(tmpdir(), 'kaas-log-')), 'a.log')

test('only what the present run wrote is read', () => {
  const file = newFile()
  expect(readLogFrom(file, rotateLog(file))).toBe('')
  writeFileSync(file, 'of an earlier run\n')
  const from = rotateLog(file)
  appendFileSync(file, 'of this run\n')
  expect(readLogFrom(file, from)).toBe('of this run\n')
})

test('a log that has grown is moved aside, so that a disk does not fill over many starts', () => {
  const file = newFile()
  writeFileSync(file, '')
  truncateSync(file, 30_000_000)
  expect(rotateLog(file)).toBe(0)
  expect(existsSync(file)).toBe(false)
  expect(existsSync(`${file}.1`)).toBe(true)
})
