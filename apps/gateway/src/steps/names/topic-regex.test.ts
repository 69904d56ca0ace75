// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { RE2JS } from 're2js'
import { expect, test } from 'vitest'
import { anchorRegex, regexProblem, unanchorRegex } from './topic-regex.ts'

const PREFIX = 'orders.'

test('an anchored expression matches the tenant’s names as the client’s expression matches them without the prefix', () => {
  for (const regex of ['.*', 'pay.*', 'a|b', '(?i)PAY.*', '', '[ab]+', '\\Qa.b\\E', 'a{2}']) {
    const anchored = RE2JS.compile(anchorRegex(PREFIX, regex))
    for (const name of ['payments', 'a', 'b', 'aa', 'a.b', 'ab', '']) {
      expect(anchored.matches(PREFIX + name), `${regex} on ${name}`).toBe(RE2JS.compile(regex).matches(name))
    }
  }
})

test('no expression, however it is written, matches a name of another tenant', () => {
  const pieces = [
    '.*',
    '|',
    '(',
    ')',
    '(?:',
    '[',
    ']',
    '\\',
    '\\Q',
    '\\E',
    'shop',
    '\\.',
    '^',
    '$',
    '*',
    '(?i)',
    'a',
    '{',
    '}',
    '\n',
  ]
  const foreign = ['shop.payments', 'shop.', 'ordersx.a', 'orders', '__consumer_offsets', 'a']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => {
      const regex = RE2JS.compile(anchorRegex(PREFIX, parts.join('')))
      for (const name of foreign) expect(regex.matches(name)).toBe(false)
    }),
    { numRuns: 3000 },
  )
})

test('a quote that is still open keeps its meaning', () => {
  expect(RE2JS.compile(anchorRegex(PREFIX, '\\Qa.b')).matches('orders.a.b')).toBe(true)
  expect(RE2JS.compile(anchorRegex(PREFIX, '\\Qa.b')).matches('orders.axb')).toBe(false)
})

test('what no broker would take is told, and matches nothing', () => {
  for (const regex of ['(', 'x)|(?:shop\\..*', '[a', 'a**', '\\', '(?<=a)b', 'a'.repeat(20_000)]) {
    expect(regexProblem(regex)).toBeTypeOf('string')
    expect(anchorRegex(PREFIX, regex)).toBe('orders\\.')
  }
})

test('the client’s own words come back, and an expression made elsewhere does not', () => {
  for (const regex of ['.*', 'a|b', '(x)']) expect(unanchorRegex(PREFIX, anchorRegex(PREFIX, regex))).toBe(regex)
  expect(unanchorRegex(PREFIX, 'shop\\..*')).toBeUndefined()
  expect(unanchorRegex(PREFIX, 'orders\\..*')).toBeUndefined()
})
