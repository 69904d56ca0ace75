// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandProblems } from './house/command-problems.ts'
import { ERROR_PAGE, errorPageProblems } from './house/error-page-problems.ts'
import { identifierProblems } from './house/identifier-problems.ts'
import { pathProblems } from './house/path-problems.ts'
import { printedPageProblems, printedPages } from './house/printed-pages.ts'
import { runTool, writeTree } from './test/write-tree.ts'

const errorPage = readFileSync(join(import.meta.dirname, '..', ERROR_PAGE), 'utf8')

test('the page of errors says what the tables of codes and kinds say', () => {
  expect(errorPageProblems(errorPage)).toEqual([])
})

test.each([
  ['a code without a section', '## port-taken\n', '## Something else\n', 'has no section "## port-taken"'],
  [
    'a section without a code',
    '## port-taken\n',
    '## port-gone\n\n## port-taken\n',
    'describes port-gone, which is no code',
  ],
  ['another title or status', 'HTTP 409', 'HTTP 410', 'must have the line'],
  ['a section without a way out', '**What to do.** ', '**What then.** ', 'lacks "**What to do.** "'],
  ['another table of kinds', '| `refused` |', '| `denied` |', 'has another table of kinds'],
])('%s in the page of errors is found', (_, from, to, message) => {
  const changed = errorPage.replace(from, to)
  expect(changed).not.toBe(errorPage)
  expect(errorPageProblems(changed).map((problem) => problem.message)).toContainEqual(expect.stringContaining(message))
})

test('sections out of order are found, so that the page reads as the table does', () => {
  const section = /^## name-invalid\n[\s\S]*?(?=^## )/m.exec(errorPage)?.[0] ?? ''
  const moved = errorPage.replace(section, '').concat('\n', section)
  expect(errorPageProblems(moved).map(({ message }) => message)).toContainEqual(expect.stringContaining('Sort it'))
})

const CONFIG = `export const X = { KAAS_A: { schema: { _zod: {} }, example: '1', description: 'A.' } }`

test('a reference page of configuration is what its app says, and a page without an app is found', async () => {
  const files = { 'apps/a/src/config.ts': CONFIG, 'apps/b/package.json': '{}', 'docs/reference/errors.md': '' }
  const [page] = await printedPages(writeTree(files))
  expect(page?.file).toBe('docs/reference/config-a.md')
  expect(page?.text).toContain('# Configuration of the app `a`')

  const fine = writeTree({ ...files, 'docs/reference/config-a.md': page?.text ?? '' })
  expect(await printedPageProblems(fine)).toEqual([])

  const stale = writeTree({ ...files, 'docs/reference/config-a.md': '# A\n', 'docs/reference/config-gone.md': '' })
  expect((await printedPageProblems(stale)).map(({ file }) => file)).toEqual([
    'docs/reference/config-a.md',
    'docs/reference/config-gone.md',
  ])
})

test('render-reference writes the pages that the check then finds equal', async () => {
  const root = writeTree({ 'apps/a/src/config.ts': CONFIG, 'docs/reference/errors.md': '' })
  expect(await runTool('render-reference.ts', root)).toEqual({ exit: 0, lines: ['docs/reference/config-a.md'] })
  expect(await printedPageProblems(root)).toEqual([])
})

test('a path in a document that leads nowhere is found, in backticks and in links', () => {
  const root = writeTree({ 'apps/a.ts': '', 'docs/a.md': '' })
  const text =
    'See `apps/a.ts` and `apps/b.ts`, `apps/<name>/x.ts` and `test/*.ts`.\n[a](a.md) [c](c.md#x) [web](https://x.org)\n`a.ts` `steps/a.ts`'
  expect(
    pathProblems({ root, files: ['apps/a.ts'], ignored: [] }, 'docs/b.md', text).map(
      ({ line, message }) => `${line} ${message.split(',')[0]}`,
    ),
  ).toEqual(['1 names apps/b.ts', '2 names c.md', '3 names steps/a.ts'])
})

test('what runs leave behind may be named: a document says the same in a fresh clone as after the first run', () => {
  const root = writeTree({ 'docs/a.md': '' })
  const text = 'Pictures lie in `test/pictures/`, the first in `test/pictures/1.png`, the bundle in `apps/x/dist/a.js`.'
  const known = { root, files: [], ignored: ['test/pictures/', 'dist/', ''] }
  expect(pathProblems(known, 'docs/b.md', text)).toEqual([])
  expect(pathProblems({ ...known, ignored: ['dist/'] }, 'docs/b.md', text)).toHaveLength(2)
})

test('a command in a document that would not run is found', () => {
  const root = writeTree({ 'tools/check-size.ts': '' })
  const commands = { scripts: new Set(['start', 'check']), verbs: new Set(['plan']) }
  const text = [
    'npm start and `npm run check`, `node tools/check-size.ts`, npx kaas plan --help',
    'npm run build',
    '`node tools/gone.ts`',
    'npx kaas fly tenant',
  ].join('\n')
  expect(commandProblems(root, 'README.md', text, commands).map(({ line }) => line)).toEqual([2, 3, 4])
})

test('a function or class that a document names and no code has is found', () => {
  const code = 'export class Serving { forward() {} }\nexport function runOnce() {}'
  const text = 'See `runOnce`, `Serving.forward`, `a word`, `npm`.\nAnd `runTwice`, `Serving.#back`.'
  expect(
    identifierProblems('ARCHITECTURE.md', text, code).map(({ line, message }) => `${line} ${message.split(',')[0]}`),
  ).toEqual(['2 names runTwice', '2 names Serving.#back'])
})
