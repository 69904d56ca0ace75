// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest'
import { addTerm, filterTerm, headerTerm } from './filter-text.ts'

describe('filter terms from what people click on', () => {
  test('keep every digit of big integers, or are not offered', () => {
    expect(filterTerm('value', ['id'], '9007199254740993')).toBe('value.id == 9007199254740993')
    expect(filterTerm('value', ['id'], '18446744073709551615')).toBe('value.id == 18446744073709551615u')
    expect(filterTerm('value', ['id'], '23958446825181076828')).toBeUndefined()
  })

  test('cannot be broken out of by quotes in names or values', () => {
    expect(filterTerm('value', ['a b', 0, 'c"d'], '"x\\" || true || \\""')).toBe(
      'value["a b"][0]["c\\"d"] == "x\\" || true || \\""',
    )
    expect(headerTerm('a"b', 'c\\d')).toBe('headers["a\\"b"] == "c\\\\d"')
  })

  test('are joined to what was there without changing its meaning', () => {
    expect(addTerm('', 'key == "a"')).toBe('key == "a"')
    expect(addTerm('partition == 0', 'key == "a"')).toBe('partition == 0 && key == "a"')
    expect(addTerm('a || b', 'c')).toBe('(a || b) && c')
  })

  test('say true, false, null and fractions, but nothing of a value that was cut', () => {
    expect(filterTerm('key', [], 'null')).toBe('key == null')
    expect(filterTerm('value', ['rate'], '1.5e3')).toBe('value.rate == 1500.0')
    expect(filterTerm('value', ['text'], '"cut')).toBeUndefined()
  })
})
