// SPDX-License-Identifier: Apache-2.0
/** Times as people say them. */
import { expect, it } from 'vitest'
import { renderAgo } from './ago.ts'

it.each([
  ['2026-11-21T11:59:59.500Z', 'just now'],
  ['2026-11-21T12:00:05Z', 'just now'],
  ['2026-11-21T11:59:18Z', '42s ago'],
  ['2026-11-21T11:57:59Z', '2m ago'],
  ['2026-11-21T09:00:00Z', '3h ago'],
  ['2026-11-01T12:00:00Z', '20d ago'],
  ['no time', '-'],
  [undefined, '-'],
])('%j is said as %j at noon', (time, text) => {
  expect(renderAgo(time, Date.parse('2026-11-21T12:00:00Z'))).toBe(text)
})
