// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonAt, jsonLeaves, parsePath, renderPath } from './json-path.ts'

const ORDER = '{"order":{"id":23958446825181076828,"items":[{"sku":"A\\"1"},{"sku":"B"}],"a b":true},"note":null}'

function at(path: string): string | undefined {
  return jsonAt(ORDER, parsePath(path) ?? [])
}

describe('paths into JSON text', () => {
  test('give a big integer with every digit', () => {
    expect(at('order.id')).toBe('23958446825181076828')
    expect(at('$.order.id')).toBe('23958446825181076828')
  })

  test('reach into lists and names with spaces, and give strings without their quotes', () => {
    expect(at('order.items[0].sku')).toBe('A"1')
    expect(at('order.items[1].sku')).toBe('B')
    expect(at('order["a b"]')).toBe('true')
    expect(at('note')).toBe('null')
  })

  test('give an object as JSON, and nothing where nothing is', () => {
    expect(at('order.items[1]')).toBe('{"sku":"B"}')
    expect(at('order.items[2]')).toBeUndefined()
    expect(at('order.id.more')).toBeUndefined()
    expect(jsonAt('not json at all', ['order'])).toBeUndefined()
  })

  test('read what there is of a document that was cut', () => {
    expect(jsonAt('{"a":1,"b":{"c":2,"d', ['b', 'c'])).toBe('2')
    expect(jsonAt('{"a":1,"b":{"c":2,"d', ['b'])).toBe('{"c":2,"d')
  })

  test('are refused when they are none', () => {
    for (const text of ['', 'a..b', 'a[', 'a[x]', 'a b']) expect(parsePath(text), text).toBeUndefined()
  })

  test('come back from text as they were', () => {
    const part = fc.oneof(fc.string({ minLength: 1 }), fc.nat(1_000_000))
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        expect(parsePath(renderPath(parts))).toEqual(parts)
      }),
    )
  })

  test('of all values are found in their order, up to a number', () => {
    expect(jsonLeaves(ORDER, 3).map(({ path, raw }) => [renderPath(path), raw])).toEqual([
      ['order.id', '23958446825181076828'],
      ['order.items[0].sku', '"A\\"1"'],
      ['order.items[1].sku', '"B"'],
    ])
  })
})
