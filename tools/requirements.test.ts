// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { marksOf, reasonsOf, renderRequirements, rowsOf, staleReasons } from './house/requirement-rows.ts'
import { parseSource } from './house/source-file.ts'
import { runTool, writeTree } from './test/write-tree.ts'

const PAGE =
  '# Requirements\n\n| row | layer | requirement |\n|---|---|---|\n| R1 | sec | One |\n| R2 | net | Two |\n| M1 | ml | Three |\n'

// The marks in these small files are put together, so that the tool does not take this file for a proof.
const mark = (row: string) => `[${row}]`

test('the rows of the page are read, and its other tables are not', () => {
  expect(rowsOf(PAGE).map(({ id }) => id)).toEqual(['R1', 'R2', 'M1'])
})

test('marks are read from the names of tests in every form, and from nowhere else', () => {
  const text = [
    `test('a ${mark('R1')}', () => {})`,
    `test.each([1])('b ${mark('R2')} ${mark('M1')}', () => {})`,
    `describe(\`c \${x} ${mark('R3')}\`, () => {})`,
    `// ${mark('R4')}`,
    `helper('${mark('R5')}')`,
    `test('d', () => { expect('${mark('R6')}') })`,
  ].join('\n')
  const marks = marksOf(parseSource('a.test.ts', text))
  expect(marks.map(({ row, line }) => [row, line])).toEqual([
    ['R1', 1],
    ['R2', 2],
    ['M1', 2],
    ['R3', 3],
  ])
})

test('the account lists the tests below their row and ends with the totals', () => {
  const marks = marksOf(parseSource('a.test.ts', `test('it holds ${mark('R2')}', () => {})`))
  expect(renderRequirements(rowsOf(PAGE), marks).split('\n')).toEqual([
    'R1   open    One',
    'R2   proved  Two',
    '             a.test.ts:1  it holds',
    'M1   open    Three',
    '',
    '3 rows: 1 proved, 2 open',
  ])
})

test('a reason why a row is open stands below it, and is a fault when the row is proved or does not exist', () => {
  const page = `${PAGE}\n## Not proved yet\n\n| row | why |\n|---|---|\n| R1 | It needs a cloud. |\n| R2 | Later. |\n| R9 | Later. |\n`
  const marks = marksOf(parseSource('a.test.ts', `test('it holds ${mark('R2')}', () => {})`))
  expect(rowsOf(page)).toHaveLength(3)
  expect(renderRequirements(rowsOf(page), marks, reasonsOf(page))).toContain('One\n             not yet: It needs a cloud.')
  const stale = staleReasons('docs/requirements.md', rowsOf(page), marks, reasonsOf(page))
  expect(stale.map(({ message }) => message)).toEqual([
    'says why R2 is not proved, and R2 is proved: remove why it is not.',
    'says why R9 is not proved, and R9 is no row of the page.',
  ])
})

test('a mark that no row has ends the command with 1 and names the test', async () => {
  const root = writeTree({ 'docs/requirements.md': PAGE, 'a.test.ts': `test('x ${mark('R999')}', () => {})\n` })
  const { exit, lines } = await runTool('requirements.ts', root)
  expect(exit).toBe(1)
  expect(lines.at(-1)).toBe('a.test.ts:1 carries [R999], which docs/requirements.md does not list.')
})

test('a mark outside of tests proves nothing', async () => {
  const root = writeTree({ 'docs/requirements.md': PAGE, 'a.ts': `test('x ${mark('R1')}', () => {})\n` })
  const { exit, lines } = await runTool('requirements.ts', root)
  expect(exit).toBe(0)
  expect(lines.at(-1)).toBe('3 rows: 0 proved, 3 open')
})
