// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LONGEST_LINE, plainLines, prettyLines } from './display-lines.ts'

function textOf(lines: ReturnType<typeof plainLines>): readonly string[] {
  return lines.map((spans) => spans.map(({ text }) => text).join(''))
}

describe('lines to show', () => {
  test('are never so long that drawing one stops the page', () => {
    for (const lines of [plainLines('x'.repeat(5_000_000)), prettyLines(`{"a":"${'x'.repeat(5_000_000)}"}`)]) {
      expect(lines.length).toBeGreaterThan(2000)
      expect(Math.max(...textOf(lines).map((line) => line.length))).toBeLessThanOrEqual(LONGEST_LINE)
    }
  })

  test('leave nothing out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(textOf(plainLines(text)).join('')).toBe(text.replace(/\r?\n/g, ''))
      }),
    )
    expect(textOf(prettyLines('{"a":[1,2]}'))).toEqual(['{', '  "a": [', '    1,', '    2', '  ]', '}'])
    expect(textOf(plainLines('a\n\nb'))).toEqual(['a', '', 'b'])
  })
})
