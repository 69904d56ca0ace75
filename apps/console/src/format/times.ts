// SPDX-License-Identifier: Apache-2.0
/** Times and durations as people say them. The zone is the one that the person chose; now comes in as an argument. */

/** `local` for the browser's zone, else a name of the IANA list such as `UTC` or `Europe/Berlin`. */
export type TimeZone = string

const STEPS = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** `3 minutes ago`, `in 2 hours`; `just now` within five seconds. */
export function formatAgo(at: Date, now: Date): string {
  const passedMs = now.getTime() - at.getTime()
  const size = Math.abs(passedMs)
  if (size < 5000) return 'just now'
  const [unit, unitMs] = STEPS.find(([, ms]) => size >= ms) ?? ['second', 1000]
  const count = Math.floor(size / unitMs)
  const text = `${count} ${unit}${count === 1 ? '' : 's'}`
  return passedMs > 0 ? `${text} ago` : `in ${text}`
}

/** `2026-11-21 10:26:31`; with `ms` also `.042`. Sorts as it reads. */
export function formatMoment(at: Date, zone: TimeZone, ms = false): string {
  const parts = Object.fromEntries(
    momentFormat(zone)
      .format.formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const text = `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`
  return ms ? `${text}.${parts.fractionalSecond}` : text
}

/** The whole moment with milliseconds and zone, for a tooltip. */
export function exactMoment(at: Date, zone: TimeZone): string {
  return `${formatMoment(at, zone, true)} ${zoneName(zone)}`
}

/** A moment to the second, and the whole of it: for lists, where both of every row are made while it scrolls past. */
export function momentTexts(at: Date, zone: TimeZone): { readonly text: string; readonly exact: string } {
  const whole = formatMoment(at, zone, true)
  return { text: whole.slice(0, whole.indexOf('.')), exact: `${whole} ${zoneName(zone)}` }
}

/** The name of a zone for people: `Europe/Berlin`, for `local` the browser's own. */
export function zoneName(zone: TimeZone): string {
  return zone === 'local' ? momentFormat(zone).name : zone
}

/** Whether the browser knows the zone. */
export function isTimeZone(zone: string): boolean {
  try {
    return zone === 'local' || Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined
  } catch {
    return false
  }
}

const WORDS = [
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** `4 weeks`, `1 day 6 hours`, `250 ms`: at most two units, the second left out when it is zero. Rounds down. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)}\u00a0ms`
  const first = WORDS.findIndex(([, ms]) => milliseconds >= ms)
  const [word, size] = WORDS[first] ?? ['second', 1000]
  const count = Math.floor(milliseconds / size)
  const rest = WORDS[first + 1]
  const further = rest === undefined ? 0 : Math.floor((milliseconds - count * size) / rest[1])
  const text = withUnit(count, word)
  return rest === undefined || further === 0 ? text : `${text} ${withUnit(further, rest[0])}`
}

function withUnit(count: number, unit: string): string {
  return `${count}\u00a0${unit}${count === 1 ? '' : 's'}`
}

interface MomentFormat {
  readonly format: Intl.DateTimeFormat
  /** Of the zone. */
  readonly name: string
}

const formats = new Map<string, MomentFormat>()

/** Making a format takes as long as a hundred uses of it, and so does asking for the zone of the browser. */
function momentFormat(zone: TimeZone): MomentFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    ...(zone !== 'local' && { timeZone: zone }),
  })
  const made = { format, name: format.resolvedOptions().timeZone }
  formats.set(zone, made)
  return made
}
