// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compactJson, jsonLines, jsonTokens, prettyJson } from './json-text.ts'

describe('JSON that is laid out', () => {
  test('keeps every digit of integers that a double cannot hold', () => {
    expect(prettyJson('{"id":23958446825181076828,"rate":1.000000000000000000001}')).toBe(
      '{\n  "id": 23958446825181076828,\n  "rate": 1.000000000000000000001\n}',
    )
  })

  test('leaves empty objects and lists on their line', () => {
    expect(prettyJson('{"a":{},"b":[ ],"c":[1,[2]]}')).toBe(
      '{\n  "a": {},\n  "b": [],\n  "c": [\n    1,\n    [\n      2\n    ]\n  ]\n}',
    )
  })

  test('shows as much as there is of a value that was cut in the middle', () => {
    expect(prettyJson('{"a":[1,{"text":"half of a sent')).toBe('{\n  "a": [\n    1,\n    {\n      "text": "half of a sent')
  })

  test('takes brackets, commas and colons inside of strings for text', () => {
    expect(prettyJson('["{a:1}","\\"],"]')).toBe('[\n  "{a:1}",\n  "\\"],"\n]')
  })

  test('says the same as before, whatever the document', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(prettyJson(text))).toEqual(JSON.parse(text))
        expect(compactJson(prettyJson(text))).toBe(compactJson(text))
      }),
    )
  })

  test('lays out the beginning of a very long list and leaves nothing of the rest out', () => {
    const text = JSON.stringify(Array.from({ length: 60_000 }, (_, index) => index))
    expect(jsonLines(text)).toHaveLength(50_001)
    expect(JSON.parse(prettyJson(text))).toHaveLength(60_000)
  })

  test('ends in time on a megabyte of opening brackets and on a string of five megabytes', () => {
    const began = performance.now()
    expect([...jsonTokens('['.repeat(1_000_000))].length).toBe(1_000_000)
    expect(jsonLines('['.repeat(1_000_000)).length).toBeLessThan(50_100)
    expect(prettyJson(`{"a":"${'\\"'.repeat(2_500_000)}"}`).length).toBe(5_000_013)
    expect(performance.now() - began).toBeLessThan(8000)
  })
})
