// SPDX-License-Identifier: Apache-2.0
/** Quantities as people type them, well and badly. */
import { KaasError } from '@kaas/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  parseDuration,
  parseRate,
  parseSize,
  renderBinarySize,
  renderDuration,
  renderRate,
  renderSize,
} from './quantities.ts'

describe('quantities are read as they are meant', () => {
  it.each([
    ['20MB/s', 20_000_000],
    ['512KiB/s', 524_288],
    [' 1.5 GB/s ', 1_500_000_000],
    ['1B/s', 1],
    ['5 MB /s', 5_000_000],
    ['7kB/s', 7000],
    ['7KB/s', 7000],
  ])('the rate %j is %i bytes a second', (text, expected) => {
    expect(parseRate(text)).toBe(expected)
  })

  it.each([
    ['500GiB', 536_870_912_000],
    ['500GB', 500_000_000_000],
    ['1PiB', 1_125_899_906_842_624],
  ])('decimal and binary sizes are told apart: %j is %i bytes', (text, expected) => {
    expect(parseSize(text)).toBe(expected)
  })

  it.each([
    ['7d', 604_800_000],
    ['1w', 604_800_000],
    ['90m', 5_400_000],
    ['90min', 5_400_000],
    ['250ms', 250],
    ['0.5h', 1_800_000],
  ])('the duration %j is %i ms', (text, expected) => {
    expect(parseDuration(text)).toBe(expected)
  })
})

describe('a bad quantity is refused with what is wrong and an example', () => {
  it.each([
    ['20', /a unit that ends in \/s/],
    ['20MB', /a unit that ends in \/s/],
    ['20/s', /no unit/],
    ['MB/s', /needs a number/],
    ['', /needs a number/],
    ['0MB/s', /more than zero/],
    ['0.0001B/s', /more than zero/],
    ['-5MB/s', /more than zero/],
    ['1000000000000000000B/s', /larger than can be counted/],
    ['1000000000000000000PB/s', /larger than can be counted/],
    ['10^18B/s', /needs a number/],
    ['1e6B/s', /needs a number/],
    ['5Mb/s', /"Mb" is not a unit; known are B, kB/],
    ['5constructor/s', /"constructor" is not a unit/],
    ['5toString/s', /"toString" is not a unit/],
    ['２０MB/s', /needs a number/],
    ['20МB/s', /needs a number/],
    ['5MB/s/s', /needs a number/],
    ['5,5MB/s', /needs a number/],
    ['Infinity/s', /needs a number/],
    ['5MB/s\n6MB/s', /needs a number/],
  ])('the rate %j', (text, why) => {
    const error = thrownBy(() => parseRate(text))
    expect(error).toMatchObject({ code: 'quantity-invalid', message: expect.stringMatching(why) })
    expect(error.help).toMatch(/20MB\/s/)
  })

  it('a rate of thousands of characters is named by its beginning', () => {
    expect(thrownBy(() => parseRate('9'.repeat(10_000))).message.length).toBeLessThan(200)
  })

  it('a size with a time, a time with a size', () => {
    expect(thrownBy(() => parseSize('7d')).message).toMatch(/"d" is not a unit/)
    expect(thrownBy(() => parseDuration('7MB')).message).toMatch(/"MB" is not a unit/)
  })
})

describe('what is printed can be typed again', () => {
  it('a duration comes back exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e15 }), (ms) => {
        expect(parseDuration(renderDuration(ms))).toBe(ms)
      }),
    )
  })

  it('sizes and rates come back to three digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4e15 }), (bytes) => {
        for (const back of [
          parseSize(renderSize(bytes)),
          parseRate(renderRate(bytes)),
          parseSize(renderBinarySize(bytes)),
        ]) {
          expect(Math.abs(back - bytes) / bytes).toBeLessThan(0.0051)
        }
      }),
    )
  })

  it.each([
    [5_000_000, '5MB/s'],
    [1_250_000_000, '1.25GB/s'],
    [999_999, '1MB/s'],
    [999_400, '999kB/s'],
    [1, '1B/s'],
  ])('%i bytes a second are %s', (rate, text) => {
    expect(renderRate(rate)).toBe(text)
  })
})

function thrownBy(run: () => unknown): KaasError {
  try {
    run()
  } catch (error) {
    if (error instanceof KaasError) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}
