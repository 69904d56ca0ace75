// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { changeSearch, parseSearch, renderSearch } from './search-text.ts'

test('what a page shows is readable in its address, and comes back as it was', () => {
  const search = { filter: 'labels.app=shop,ready=false', produce: '5MB/s', from: '2026-01-01T08:00:00Z' }
  const text = renderSearch(search)
  expect(text).toBe('?filter=labels.app%3Dshop,ready%3Dfalse&produce=5MB/s&from=2026-01-01T08:00:00Z')
  expect(parseSearch(text)).toEqual(search)
})

test('texts that look like numbers, JSON or markup are texts', () => {
  const search = { a: '007', b: '{"x":1}', c: '<script>', d: 'a&b=c#d' }
  expect(parseSearch(renderSearch(search))).toEqual(search)
})

test('what is as usual is not in the address, and what others put there stays', () => {
  const defaults = { tab: 'messages', sort: 'name' }
  expect(changeSearch({ other: 'x', tab: 'usage' }, defaults, { tab: 'messages', sort: '-name' })).toEqual({
    other: 'x',
    sort: '-name',
  })
  expect(changeSearch({ filter: 'a' }, {}, { filter: '' })).toEqual({})
  expect(renderSearch({ a: undefined, b: '' })).toBe('')
})
