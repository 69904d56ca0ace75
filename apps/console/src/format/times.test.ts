// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { exactMoment, formatAgo, formatDuration, formatMoment, isTimeZone, momentTexts, zoneName } from './times.ts'

const NOW = new Date('2026-11-21T10:26:31.042Z')
const before = (ms: number) => new Date(NOW.getTime() - ms)

test.each([
  [1_000, 'just now'],
  [42_000, '42 seconds ago'],
  [60_000, '1 minute ago'],
  [3 * 3_600_000, '3 hours ago'],
  [15 * 86_400_000, '2 weeks ago'],
  [-2 * 3_600_000, 'in 2 hours'],
])('%d ms before now is %j', (ms, text) => {
  expect(formatAgo(before(ms), NOW)).toBe(text)
})

test('a moment is shown in the zone that the person chose, sorts as it reads, and has its milliseconds on demand', () => {
  expect(formatMoment(NOW, 'UTC')).toBe('2026-11-21 10:26:31')
  expect(formatMoment(NOW, 'Asia/Tokyo', true)).toBe('2026-11-21 19:26:31.042')
  expect(exactMoment(NOW, 'Europe/Berlin')).toBe('2026-11-21 11:26:31.042 Europe/Berlin')
  expect(formatMoment(new Date('2026-06-01T22:30:00Z'), 'Europe/Berlin')).toBe('2026-06-02 00:30:00')
  const both = { text: '2026-11-21 19:26:31', exact: '2026-11-21 19:26:31.042 Asia/Tokyo' }
  expect(momentTexts(NOW, 'Asia/Tokyo')).toEqual(both)
})

test.each([
  [250, '250 ms'],
  [1_000, '1 second'],
  [90_000, '1 minute 30 seconds'],
  [86_400_000 + 6 * 3_600_000, '1 day 6 hours'],
  [4 * 604_800_000, '4 weeks'],
  [3_600_000 + 1, '1 hour'],
])('%d ms lasts %j', (ms, text) => {
  expect(formatDuration(ms).replaceAll('\u00a0', ' ')).toBe(text)
})

test('a zone of another browser that this one does not know is told apart', () => {
  expect([isTimeZone('local'), isTimeZone('Europe/Berlin'), isTimeZone('Mars/Olympus')]).toEqual([true, true, false])
  expect(zoneName('UTC')).toBe('UTC')
  expect(isTimeZone(zoneName('local'))).toBe(true)
})
