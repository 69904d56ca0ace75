// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import {
  counted,
  exactSize,
  formatBinarySize,
  formatCompact,
  formatCount,
  formatMoney,
  formatRate,
  formatShare,
  formatSize,
  singularOf,
} from './numbers.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test.each([
  [formatRate(5e6), '5 MB/s'],
  [formatRate(0), '0 B/s'],
  [formatSize(1_536_000), '1.54 MB'],
  [formatSize(0), '0 B'],
  [formatBinarySize(16 * 1024 ** 3), '16 GiB'],
  [exactSize(1_536_000), '1,536,000 bytes'],
  [formatCompact(9_999), '9,999'],
  [formatCompact(12_345), '12.3K'],
  [formatMoney(2601.7), '$2,602'],
  [formatShare(0.042), '4.2 %'],
  [formatShare(0.42), '42 %'],
  [formatShare(0), '0 %'],
  [formatShare(21.4), '21 times'],
  [counted(1, 'topic'), '1 topic'],
  [counted(1200, 'query', 'queries'), '1,200 queries'],
])('%j is what people say', (text, expected) => {
  expect(plain(text)).toBe(expected)
})

test('a count beyond what a double counts exactly keeps every digit', () => {
  expect(formatCount(23_958_446_825_181_076_828n)).toBe('23,958,446,825,181,076,828')
})

test.each([
  ['messages', 'message'],
  ['policies', 'policy'],
  ['own roles', 'own role'],
  ['tenants of orders', 'tenant of orders'],
])('one of the %s is a %s', (label, one) => {
  expect(singularOf(label)).toBe(one)
})
