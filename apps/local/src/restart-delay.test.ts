// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { restartDelayFor } from './restart-delay.ts'

test('a part that dies once is back almost at once', () => {
  expect(restartDelayFor([1000], 1000)).toBe(200)
})

test('a part that keeps dying is started less and less often, but at least every ten seconds', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 8, 20].map((count) => restartDelayFor(new Array(count).fill(1000), 1000))
  expect(delays).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000])
})

test('a death of long ago is forgotten', () => {
  expect(restartDelayFor([0, 1, 2, 100_000], 100_000)).toBe(200)
})
