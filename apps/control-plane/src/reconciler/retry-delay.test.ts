// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryDelayMs } from './retry-delay.ts'

test('pauses double and stay within their bounds, whatever chance says', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, retriable, chance) => {
      const delayMs = retryDelayMs(attempts, retriable, chance)
      expect(delayMs).toBeGreaterThanOrEqual(retriable ? 125 : 2_500)
      expect(delayMs).toBeLessThanOrEqual(retriable ? 15_000 : 300_000)
    }),
  )
  expect([0, 1, 2, 3].map((attempts) => retryDelayMs(attempts, true, 1))).toEqual([250, 500, 1_000, 2_000])
})

test('work goes on soon after Kafka came back, however long it was away', () => {
  expect(retryDelayMs(500, true, 1)).toBe(15_000)
})

test('objects that failed together come back spread over half of the pause', () => {
  expect(retryDelayMs(20, true, 0)).toBe(7_500)
})
