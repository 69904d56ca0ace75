// SPDX-License-Identifier: Apache-2.0
/** A real run of vitest over files that fail in every way there is, and the lines that are left of it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram, temporaryDirectory } from '@kaas/testkit'
import { expect, test } from 'vitest'

const FILES = {
  'passed.test.js': `test('is fine', () => {})`,
  'hook.test.js': `beforeAll(() => { throw new Error('Kafka was away.\\nIt says more.') })
    test('never ran', () => {})`,
  'inner.test.js': `describe('a story', () => { beforeAll(() => { throw new Error('no table') }); test('never ran', () => {}) })
    test['skip']('left out', () => {})`,
  'wrong.test.js': `describe('a sum', () => { test('is right', () => expect(1 + 1).toBe(3)) })
    test('says much', () => { throw new Error('x'.repeat(500)) })`,
  'broken.test.js': `import './not-there.js'`,
  'late.test.js': `test('passes', () => { setTimeout(() => { throw new Error('too late') }, 1) })
    test('waits', () => new Promise((resolve) => setTimeout(resolve, 50)))`,
}

test('every test, hook and file that failed is told in one line with the first line of why', async () => {
  const folder = temporaryDirectory('failures')
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  const lines = join(folder, 'lines.json')
  const reporter = fileURLToPath(new URL('failure-reporter.ts', import.meta.url))
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const args = ['run', '--root', folder, '--globals', `--reporter=${reporter}`, `--outputFile.failures=${lines}`]
  await runProgram(process.execPath, [vitest, ...args], { cwd: folder, allowFailure: true })
  expect(JSON.parse(readFileSync(lines, 'utf8')).toSorted()).toEqual([
    expect.stringMatching(/^broken\.test\.js: .*not-there\.js/),
    'hook.test.js: Kafka was away.',
    'inner.test.js > a story: no table',
    'inner.test.js > left out: was not run.',
    'outside of the tests: too late',
    'wrong.test.js > a sum > is right: expected 2 to be 3 // Object.is equality',
    `wrong.test.js > says much: ${'x'.repeat(159)}…`,
  ])
})
