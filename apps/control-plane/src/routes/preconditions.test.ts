// SPDX-License-Identifier: Apache-2.0
/** Conditions of writes in headers. */
import { expect, it } from 'vitest'
import { etagOf, expectedGeneration } from './preconditions.ts'

it.each([
  [{}, undefined],
  [{ 'if-match': '*' }, undefined],
  [{ 'if-match': etagOf(12) }, 12],
  [{ 'if-match': 'W/"12"' }, 12],
  [{ 'if-none-match': '*' }, 0],
])('%j means %j', (headers, generation) => {
  expect(expectedGeneration(headers)).toBe(generation)
})

it.each([{ 'if-match': '12' }, { 'if-match': '"1", "2"' }, { 'if-match': '"-1"' }, { 'if-none-match': '"1"' }])(
  '%j is refused with an example',
  (headers) => {
    expect(() => expectedGeneration(headers)).toThrow(expect.objectContaining({ code: 'usage-invalid' }))
  },
)
