// SPDX-License-Identifier: Apache-2.0
/** Times as people type them, in the zone they chose: `2026-11-21 10:26`, `10:26:31.042`, `2 hours ago`, or RFC 3339. */
import { parseDuration } from '@kaas/domain'
import { formatMoment, type TimeZone } from './times.ts'

const WALL = /^(?:(\d{4}-\d{2}-\d{2})[T ]?)?(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?)?$/
const AGO = /^-?\s*(\d+(?:\.\d+)?)\s*([a-z]+)(?:\s+ago)?$/i
const UNITS: Readonly<Record<string, string>> = {
  second: 's',
  sec: 's',
  minute: 'm',
  hour: 'h',
  day: 'd',
  week: 'w',
}

/** The moment, or undefined when the text is none. A time without a date is of today; a date without a time begins that day. */
export function parseMoment(text: string, zone: TimeZone, now: Date): Date | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (/^now$/i.test(trimmed)) return now
  if (/(Z|[+-]\d{2}:?\d{2})$/i.test(trimmed) && trimmed.includes('T')) return valid(new Date(trimmed))
  const ago = AGO.exec(trimmed)
  if (ago !== null) return momentAgo(ago[1] ?? '', ago[2] ?? '', now)
  const wall = WALL.exec(trimmed)
  if (wall === null) return undefined
  const [, date = formatMoment(now, zone).slice(0, 10), hour = '0', minute = '00', second = '00', ms = '0'] = wall
  const clock = `${hour.padStart(2, '0')}:${minute}:${second}.${ms.padEnd(3, '0')}`
  return inZone(valid(new Date(`${date}T${clock}Z`)), zone)
}

function momentAgo(count: string, word: string, now: Date): Date | undefined {
  const unit = UNITS[word.toLowerCase().replace(/s$/, '')] ?? word
  try {
    return valid(new Date(now.getTime() - parseDuration(`${count}${unit}`)))
  } catch {
    return undefined
  }
}

/** When a clock of that zone shows what one of UTC shows at `asUtc`. */
function inZone(asUtc: Date | undefined, zone: TimeZone): Date | undefined {
  if (asUtc === undefined) return undefined
  let guess = asUtc
  // Twice: the offset at the first guess may be that of the other side of a change of clocks.
  for (let round = 0; round < 2; round += 1) {
    const shown = new Date(`${formatMoment(guess, zone, true).replace(' ', 'T')}Z`)
    guess = new Date(guess.getTime() + asUtc.getTime() - shown.getTime())
  }
  return guess
}

function valid(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date
}
