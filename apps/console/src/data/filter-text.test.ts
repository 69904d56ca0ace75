// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { filterFor } from './filter-text.ts'

test.each([
  ['', ''],
  ['pay', 'name~pay'],
  ['pay labels.app=shop', 'name~pay,labels.app=shop'],
  ['spec.environment!=production, ready=false', 'spec.environment!=production,ready=false'],
  ['  name~x  ', 'name~x'],
])('%j is asked from the server as %j', (typed, filter) => {
  expect(filterFor(typed)).toBe(filter)
})

test('a page adds terms of its own', () => {
  expect(filterFor('pay', 'spec.team=shop', '')).toBe('name~pay,spec.team=shop')
})
