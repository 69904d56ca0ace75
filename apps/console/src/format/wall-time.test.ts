// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMoment } from './times.ts'
import { parseMoment } from './wall-time.ts'

const NOW = new Date('2026-11-21T10:26:31.042Z')

function parsed(text: string, zone = 'UTC'): string | undefined {
  return parseMoment(text, zone, NOW)?.toISOString()
}

describe('times as people type them', () => {
  test('are of the zone that the person chose', () => {
    expect(parsed('2026-07-01 10:00', 'Europe/Berlin')).toBe('2026-07-01T08:00:00.000Z')
    expect(parsed('2026-01-01 10:00:05.25', 'Europe/Berlin')).toBe('2026-01-01T09:00:05.250Z')
    expect(parsed('2026-07-01T10:00', 'America/New_York')).toBe('2026-07-01T14:00:00.000Z')
  })

  test('may leave out the day or the hour', () => {
    expect(parsed('9:15', 'Europe/Berlin')).toBe('2026-11-21T08:15:00.000Z')
    expect(parsed('2026-11-20')).toBe('2026-11-20T00:00:00.000Z')
  })

  test('may say how long ago', () => {
    expect(parsed('2 hours ago')).toBe('2026-11-21T08:26:31.042Z')
    expect(parsed('15m')).toBe('2026-11-21T10:11:31.042Z')
    expect(parsed('1 week ago')).toBe('2026-11-14T10:26:31.042Z')
    expect(parsed('now')).toBe('2026-11-21T10:26:31.042Z')
  })

  test('of RFC 3339 keep their own zone', () => {
    expect(parsed('2026-11-21T10:26:31.042+02:00', 'Asia/Tokyo')).toBe('2026-11-21T08:26:31.042Z')
  })

  test('that are none are not guessed', () => {
    for (const text of ['', 'soon', '25:00', '2026-13-01', '2026-11-21 99:99', '5 parsecs ago', '-'])
      expect(parsed(text), text).toBeUndefined()
  })

  test('read back what the console shows, in every zone', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia')
    const date = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(date, zones, (at, zone) => {
        const shown = formatMoment(at, zone, true)
        const back = parseMoment(shown, zone, NOW)
        expect(back && formatMoment(back, zone, true)).toBe(shown)
      }),
    )
  })
})
