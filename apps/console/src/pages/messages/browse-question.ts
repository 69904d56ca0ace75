// SPDX-License-Identifier: Apache-2.0
/** What is asked of a topic, as text in the address, and what it becomes in the contract. */
import { type BrowseRequest, CONTENT_FORMATS, type ContentFormat, LONGEST_FILTER, MOST_SHOWN } from '@kaas/http-contract'
import type { TimeZone } from '../../format/times.ts'
import { parseMoment } from '../../format/wall-time.ts'

/** Members of the address with their defaults. All text, so that links can be read and typed. */
export const QUESTION_DEFAULTS = {
  from: 'latest',
  at: '',
  until: '',
  partitions: '',
  filter: '',
  search: '',
  key: 'auto',
  value: 'auto',
  order: '',
  limit: '100',
  scan: '1000000',
  isolation: 'committed',
} as const satisfies Readonly<Record<string, string>>

/** The members as a person changed them. */
export type Question = Readonly<Record<keyof typeof QUESTION_DEFAULTS, string>>

/** What the members become: a request, or what is wrong at which field. */
export type Asked =
  | { readonly kind: 'request'; readonly request: BrowseRequest }
  | { readonly kind: 'problem'; readonly field: keyof Question; readonly message: string }

/** Schemas for Avro and Protobuf; too long for an address. */
export type Schemas = Pick<BrowseRequest, 'keySchema' | 'keyType' | 'valueSchema' | 'valueType'>

/** Checks the question. `zone` is the one in which times were typed. */
export function requestFor(question: Question, zone: TimeZone, now: Date, schemas: Schemas = {}): Asked {
  const from = STARTS.find((start) => start === question.from)
  if (from === undefined) return problem('from', `Nothing starts at "${question.from}". Choose one of the list.`)
  const start = startOf(from, question.at, zone, now)
  if ('kind' in start) return start
  const until = endOf(question.until, zone, now)
  if ('kind' in until) return until
  if (!/^(\d{1,6}(,\d{1,6})*)?$/.test(question.partitions))
    return problem('partitions', 'Write numbers joined by commas: 0,3,5.')
  if (question.filter.length > LONGEST_FILTER)
    return problem('filter', `The filter is longer than ${LONGEST_FILTER} characters. Say it shorter.`)
  return {
    kind: 'request',
    request: {
      from,
      ...start,
      ...until,
      ...given({ partitions: question.partitions, filter: question.filter.trim(), search: question.search }),
      ...((question.order === 'newest' || question.order === 'oldest') && { order: question.order }),
      keyFormat: formatOf(question.key),
      valueFormat: formatOf(question.value),
      ...schemas,
      limit: bounded(question.limit, 100, MOST_SHOWN),
      maxRecords: bounded(question.scan, 1_000_000, 100_000_000),
      isolation: question.isolation === 'uncommitted' ? 'uncommitted' : 'committed',
    },
  }
}

const STARTS = ['latest', 'earliest', 'offset', 'time', 'tail'] as const
type Start = (typeof STARTS)[number]

/** Whether that start needs an offset or a time beside it. */
export function needsPlace(from: string): boolean {
  return from === 'offset' || from === 'time'
}

function startOf(from: Start, at: string, zone: TimeZone, now: Date): Pick<BrowseRequest, 'offset' | 'time'> | Asked {
  if (from === 'offset') {
    if (!/^\d{1,15}$/.test(at.trim())) return problem('at', 'Write the first offset, as in 1500.')
    return { offset: Number(at) }
  }
  if (from !== 'time') return {}
  const moment = parseMoment(at, zone, now)
  if (moment === undefined) return problem('at', 'Write a time, as in 2026-11-21 10:30, 10:30, or 2 hours ago.')
  return { time: moment.toISOString() }
}

function endOf(until: string, zone: TimeZone, now: Date): Pick<BrowseRequest, 'untilOffset' | 'untilTime'> | Asked {
  if (until.trim() === '') return {}
  if (/^\d{1,15}$/.test(until.trim())) return { untilOffset: Number(until) }
  const moment = parseMoment(until, zone, now)
  if (moment === undefined) return problem('until', 'Write an offset or a time, as in 1500, or 2026-11-21 10:30.')
  return { untilTime: moment.toISOString() }
}

function formatOf(text: string): ContentFormat {
  return CONTENT_FORMATS.find((format) => format === text) ?? 'auto'
}

function bounded(text: string, otherwise: number, most: number): number {
  const value = Number(text)
  return Number.isInteger(value) && value > 0 ? Math.min(value, most) : otherwise
}

function problem(field: keyof Question, message: string): Asked {
  return { kind: 'problem', field, message }
}

function given(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}
