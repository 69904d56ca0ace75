// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { runTool, writeTree } from './test/write-tree.ts'

const lines = (count: number, text = 'f()') => `${text}\n`.repeat(count)

function check(files: Readonly<Record<string, string>>) {
  return runTool('check-size.ts', writeTree(files))
}

test('short files with short functions are fine', async () => {
  const { exit, lines: printed } = await check({ 'a.ts': `export function a() {\n${lines(38)}}\n` })
  expect(printed).toEqual(['sizes: fine'])
  expect(exit).toBe(0)
})

test('a function beyond 40 lines of code is named; its comments and empty lines do not count', async () => {
  const { exit, lines: printed } = await check({
    'commented.ts': `export function told() {\n${lines(38)}${lines(20, '  // why')}${lines(5, '')}}\n`,
    'long.ts': `// one\nexport function long() {\n${lines(39)}}\n`,
    'method.ts': `export class A {\n  async method(): Promise<void> {\n${lines(39)}  }\n}\n`,
    'arrow.ts': `export const arrow = () => {\n${lines(39)}}\n`,
    'long.test.ts': `test('x', () => {\n${lines(60)}})\n`,
  })
  expect(exit).toBe(1)
  expect(printed.slice(0, -1).map((line) => line.split(';')[0])).toEqual([
    'arrow.ts:1 arrow has 41 lines of code',
    'long.ts:2 long has 41 lines of code',
    'method.ts:2 method has 41 lines of code',
  ])
})

test('a file beyond 500 lines is too long, as code and as a test', async () => {
  const { lines: printed } = await check({ 'a.ts': '', 'b.ts': '', 'c.ts': lines(501), 'd.test.ts': lines(501) })
  expect(printed.filter((line) => line.includes('at most 500'))).toHaveLength(2)
})

test('many files of middle length break the median and the 95th percentile', async () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`a${index}.ts`, lines(index < 8 ? 10 : 310)]))
  const { lines: printed } = await check(many)
  expect(printed[0]).toMatch(/is the (median|95th percentile) of all files with 310 lines/)
  expect(printed).toHaveLength(3)
})
