// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { renderCsv } from './csv.ts'

test('commas, quotes and line ends in a cell stay in it', () => {
  expect(
    renderCsv([
      ['a', 'b'],
      ['x, "y"', 'two\nlines'],
    ]),
  ).toBe('a,b\r\n"x, ""y""","two\nlines"\r\n')
})

test.each(['=HYPERLINK("http://evil")', '+1+1', '@SUM(A1)', '-2+3', '\t=1'])('%j is no formula in a spreadsheet', (text) => {
  expect(renderCsv([[text]]).replaceAll('"', '')).toMatch(/^'/)
})

test('a negative number stays a number', () => {
  expect(renderCsv([['-12.5']])).toBe('-12.5\r\n')
})
