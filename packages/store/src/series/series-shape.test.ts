// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { condensePoints, emptyChunk, placeOf, pointBytes, readChunk, SERIES_STEPS, writePoint } from './series-shape.ts'

test('a point is found in its chunk at its moment, whatever the moment', () => {
  const step = fc.constantFrom('minute' as const, 'hour' as const)
  fc.assert(
    fc.property(step, fc.integer({ min: 0, max: 4_000_000_000 }), (resolution, seconds) => {
      const { stepMs } = SERIES_STEPS[resolution]
      const { start, index } = placeOf(resolution, seconds * 1000)
      const chunk = emptyChunk('topic', resolution)
      writePoint('topic', [1, null, 3]).copy(chunk, index * pointBytes('topic'))
      const atMs = Math.floor((seconds * 1000) / stepMs) * stepMs
      expect(readChunk('topic', resolution, start, chunk)).toEqual([{ atMs, values: [1, null, 3] }])
    }),
  )
})

test('an hour keeps the mean of rates, the last of what counts at one moment, and silence as silence', () => {
  const minutes = [
    [10, 1, 2, 5, 7, 100, null, 9],
    [20, 1, 4, 6, 7, 200, null, null],
  ]
  expect(condensePoints('tenant', minutes)).toEqual([15, 1, 3, 6, 7, 200, null, 9])
  expect(condensePoints('group', [])).toEqual([null])
})
