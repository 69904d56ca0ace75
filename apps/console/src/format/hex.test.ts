// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest'
import { base64OfText, bytesOfBase64, hexRow, hexRowCount } from './hex.ts'

describe('bytes as hex', () => {
  const bytes = new TextEncoder().encode('Hello, Kafka! ☃\u0000')

  test('stand sixteen in a row with the characters that can be shown', () => {
    expect(hexRowCount(bytes, 16)).toBe(2)
    expect(hexRow(bytes, 0, 16)).toEqual({
      offset: '00000000',
      hex: '48 65 6c 6c 6f 2c 20 4b  61 66 6b 61 21 20 e2 98',
      characters: 'Hello, Kafka! ..',
    })
    expect(hexRow(bytes, 1, 16)).toEqual({ offset: '00000010', hex: '83 00'.padEnd(48), characters: '..' })
    expect(hexRowCount(bytes, 8)).toBe(3)
    expect(hexRow(bytes, 1, 8)).toEqual({ offset: '00000008', hex: '61 66 6b 61 21 20 e2 98', characters: 'afka! ..' })
  })

  test('go through base64 unchanged, also five megabytes of text', () => {
    const text = 'grün ☃ '.repeat(500_000)
    expect(new TextDecoder().decode(bytesOfBase64(base64OfText(text)))).toBe(text)
  })
})
