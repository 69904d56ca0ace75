// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { columnsOf, extremesOf, formatValue, type Line } from './axis.ts'

const IN: Line = {
  label: 'in',
  points: [
    [1000, 5],
    [2000, null],
    [3000, 9],
    [4000, 7],
  ],
}
const OUT: Line = {
  label: 'out',
  points: [
    [2000, 1],
    [5000, 2],
  ],
}

test('a line says its last and its highest value, whatever was not heard in between', () => {
  expect(extremesOf(IN)).toEqual({ last: 7, highest: 9, at: 3000 })
  expect(extremesOf({ label: 'silent', points: [[1000, null]] })).toBeUndefined()
})

test('lines with other times share one axis, with gaps where one was not heard', () => {
  expect(columnsOf([IN, OUT])).toEqual([
    [1, 2, 3, 4, 5],
    [5, null, 9, 7, null],
    [null, 1, null, null, 2],
  ])
})

test.each([
  ['B/s', '5 MB/s'],
  ['B', '5 MB'],
  ['1/s', '5M/s'],
  ['1', '5M'],
])('a value in %s is said as %s', (unit, text) => {
  expect(formatValue(5e6, unit).replaceAll('\u00a0', ' ')).toBe(text)
})
