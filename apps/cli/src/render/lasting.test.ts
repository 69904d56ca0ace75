// SPDX-License-Identifier: Apache-2.0
/** How long something lasts, readable at a glance. */
import { expect, it } from 'vitest'
import { renderLasting } from './lasting.ts'

it.each([
  [0.4, '0s'],
  [59, '59s'],
  [125, '2m05s'],
  [3725, '1h02m'],
  [100_000, '1d03h'],
])('%d seconds are %s', (seconds, text) => {
  expect(renderLasting(seconds)).toBe(text)
})
