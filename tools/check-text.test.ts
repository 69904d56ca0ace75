// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { documentationProblems } from './house/documentation-problems.ts'
import { namingProblems } from './house/naming-problems.ts'
import { parseSource } from './house/source-file.ts'
import { wordingProblems } from './house/wording-problems.ts'
import { runTool, writeTree } from './test/write-tree.ts'

const LICENCE = '// SPDX-License-Identifier: Apache-2.0\n'

const documented = (text: string) => documentationProblems(parseSource('packages/a/src/some-file.ts', text))

test('a file with licence line, header and documented exports is fine', async () => {
  const root = writeTree({ 'a.ts': `${LICENCE}/** A file. */\nimport 'x'\n\n/** One. */\nexport const b = 1\n` })
  const { exit, lines } = await runTool('check-text.ts', root)
  expect(lines).toEqual(['texts: fine'])
  expect(exit).toBe(0)
})

test('what is missing is named with its line', async () => {
  const root = writeTree({ 'a.ts': `import 'x'\nexport const b = 1\nexport class C {}\n` })
  const { exit, lines } = await runTool('check-text.ts', root)
  expect(exit).toBe(1)
  expect(lines[0]).toContain('a.ts:1 must begin with')
  expect(lines[1]).toContain('a.ts:2 needs a file header')
  expect(lines[2]).toContain('a.ts:2 exports b without a comment')
})

test('the file header speaks for the only export and for the one the file is named after, and for no other', () => {
  expect(documented(`${LICENCE}/** A file. */\nexport const other = 1`)).toEqual([])
  expect(documented(`${LICENCE}/** A file. */\nexport const someFile = 1\nexport const other = 1`)).toHaveLength(1)
})

test('a block of one-line exports shares one comment, and a gap ends the block', () => {
  const header = `${LICENCE}/** A file. */\nimport 'x'\n\n/** Whole numbers. */\n`
  expect(documented(`${header}export const int8 = 1\nexport const int16 = 2`)).toEqual([])
  expect(documented(`${header}export const int8 = 1\n\nexport const int16 = 2`)).toHaveLength(1)
})

test('a type computed from a documented value, and later overloads, need no comment of their own', () => {
  const header = `${LICENCE}/** A file. */\nimport 'x'\n\n/** One. */\n`
  expect(documented(`${header}export const a = z()\n\nexport type A = z.infer<typeof a>`)).toEqual([])
  expect(documented(`${header}export function a(x: 1): 1\nexport function a(x: 2): 2\nexport function a(x: 3) {}`)).toEqual(
    [],
  )
})

test('a star export is refused: the door lists names by hand', () => {
  expect(documented(`${LICENCE}/** A file. */\nexport * from './b.ts'`)[0]?.message).toContain('exports "*"')
})

test('a test owes its licence line only', () => {
  const source = parseSource('packages/a/src/a.test.ts', `${LICENCE}import 'x'\nexport const b = 1`)
  expect(documentationProblems(source)).toEqual([])
})

test.each([
  'packages/common/src/a.ts',
  'apps/gateway/src/utils.ts',
  'apps/gateway/src/steps/index.ts',
  'apps/gateway/src/readFrame.ts',
  'tools/lib/a.ts',
])('%s is a name that the house does not take', (path) => {
  expect(namingProblems([path])).toHaveLength(1)
})

test.each([
  'packages/errors/src/index.ts',
  'packages/kafka-protocol/src/messages/03-metadata.ts',
  'apps/gateway/src/a.int.test.ts',
  'README.md',
  'vitest.config.ts',
])('%s is a good name', (path) => {
  expect(namingProblems([path])).toEqual([])
})

test.each([
  ['a mark of unfinished work', 'a.ts', `// ${'TO'}${'DO'}: later`],
  ['a test that does not run', 'a.test.ts', `test.${'skip'}('x', () => {})`],
  ['a silenced check', 'a.ts', `// @ts-${'ignore'}`],
  ['a path of one machine', 'README.md', `see /${'work'}/main/README.md`],
  ['a home folder', 'docs/a.md', `cd /${'home'}/someone/kaas`],
  ['the address of a registry', 'tools/x.xml', `<url>https://repo.${'maven'}.apache.org/maven2</url>`],
])('%s is found', (_, file, text) => {
  expect(wordingProblems(file, `fine\n${text}\n`)).toMatchObject([{ file, line: 2 }])
})

test.each([
  ['a folder inside the repository', 'a.ts', `'./work/main/'`],
  ['a variable that ends in a path', 'a.sh', ['$', '{HOME}/', 'work/main/'].join('')],
  ['prose about unfinished work', 'CHANGELOG.md', `no ${'TO'}${'DO'} is left`],
  ['the schema of a project file', 'pom.xml', 'http://maven.apache.org/POM/4.0.0'],
])('%s is left alone', (_, file, text) => {
  expect(wordingProblems(file, text)).toEqual([])
})
