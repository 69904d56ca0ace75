// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { Restarts } from './restarts.ts'

test('a process that keeps ending at its start is started ever less often, and at once again after it lived well', () => {
  const restarts = new Restarts()
  const waits = Array.from({ length: 9 }, () => restarts.waitMs(50))
  expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000])
  expect(restarts.waitMs(60_000)).toBe(100)
})
