// SPDX-License-Identifier: Apache-2.0
/** The form that moves the offsets of a group: where to, and which topics and partitions. */
import type { GroupAnswer, OffsetReset, OffsetTarget } from '@kaas/http-contract'
import type { TimeZone } from '../../format/times.ts'
import { parseMoment } from '../../format/wall-time.ts'

/** The ways to say where to, with what people type beside them. */
export const RESET_TARGETS: readonly {
  readonly kind: OffsetTarget['kind']
  readonly label: string
  readonly explains: string
}[] = [
  { kind: 'earliest', label: 'Earliest', explains: 'Everything that is kept is read again.' },
  { kind: 'latest', label: 'Latest', explains: 'What waits is skipped; only new records are read.' },
  { kind: 'time', label: 'A time', explains: 'The first record at or after the time is the next one.' },
  { kind: 'offset', label: 'An offset', explains: 'The same offset in each chosen partition.' },
  {
    kind: 'shift',
    label: 'By a number of records',
    explains: 'Forward skips records, such as one that cannot be read; back repeats them.',
  },
  { kind: 'group', label: 'As another group', explains: 'Takes the offsets that another group has in these topics.' },
]

/** The form as it is filled in. `topics` is empty for all; partitions of a topic are text such as `0,3-5`, empty for all. */
export interface ResetForm {
  readonly kind: OffsetTarget['kind']
  readonly detail: string
  readonly topics: Readonly<Record<string, string>>
}

/** An untouched form. */
export const EMPTY_RESET_FORM: ResetForm = { kind: 'earliest', detail: '', topics: {} }

/** What the form becomes, or what is wrong: at `detail`, or at a topic. */
export type Reset =
  | { readonly kind: 'reset'; readonly reset: OffsetReset }
  | { readonly kind: 'problem'; readonly field: string; readonly message: string }

/** Checks the form. `zone` is the one in which a time was typed. */
export function resetOf({ kind, detail, topics }: ResetForm, zone: TimeZone, now: Date): Reset {
  const to = targetOf(kind, detail.trim(), zone, now)
  if (typeof to === 'string') return { kind: 'problem', field: 'detail', message: to }
  const chosen: NonNullable<OffsetReset['topics']> = []
  for (const [topic, text] of Object.entries(topics)) {
    const partitions = parsePartitions(text)
    if (partitions === undefined)
      return { kind: 'problem', field: `topics.${topic}`, message: 'Write numbers and ranges, as in 0,3-5.' }
    chosen.push({ topic, ...(partitions.length > 0 && { partitions: [...partitions] }) })
  }
  return { kind: 'reset', reset: { to, ...(chosen.length > 0 && { topics: chosen }) } }
}

/** What was chosen, in a sentence: `To: a time 2 hours ago, in payments (0,3-5), refunds.` */
export function sayReset({ kind, detail, topics }: ResetForm): string {
  const target = RESET_TARGETS.find((each) => each.kind === kind)?.label.toLowerCase() ?? kind
  const where = Object.entries(topics).map(([topic, partitions]) => (partitions === '' ? topic : `${topic} (${partitions})`))
  return `To: ${target}${detail === '' ? '' : ` ${detail}`}, in ${where.length === 0 ? 'everything the group reads' : where.join(', ')}.`
}

/** `0,3-5` as numbers in their order; empty for empty text; undefined when it is neither. At most 10,000. */
export function parsePartitions(text: string): readonly number[] | undefined {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const numbers = new Set<number>()
  for (const part of parts) {
    const [, first = '', last = first] = /^(\d{1,6})(?:\s*-\s*(\d{1,6}))?$/.exec(part) ?? []
    if (first === '' || Number(last) < Number(first) || Number(last) - Number(first) > 10_000) return undefined
    for (let partition = Number(first); partition <= Number(last); partition += 1) numbers.add(partition)
  }
  return [...numbers].sort((one, other) => one - other)
}

/** Why a group cannot be moved now and what to do, or undefined. Kafka refuses while somebody reads. */
export function whyNotNow({
  state,
  members,
  type,
}: GroupAnswer): { readonly title: string; readonly help: string } | undefined {
  if (type === 'share')
    return {
      title: 'A share group has no offsets of its own to move',
      help: 'Kafka keeps what each record is waiting for; change share.auto.offset.reset of the group instead.',
    }
  if (members.length === 0 && (state === 'Empty' || state === 'Dead' || state === 'Unknown')) return undefined
  const clients = [...new Set(members.map(({ clientId, host }) => `${clientId} at ${host.replace(/^\//, '')}`))]
  const shown = clients.slice(0, 3).join(', ')
  return {
    title: `The group is ${state.toLowerCase()} with ${members.length === 1 ? 'one member' : `${members.length} members`}`,
    help: `Stop its consumers${shown === '' ? '' : ` (${shown}${clients.length > 3 ? ', …' : ''})`}. Offsets can be moved as soon as the group is empty, which takes up to the session timeout after the last one went.`,
  }
}

function targetOf(kind: OffsetTarget['kind'], detail: string, zone: TimeZone, now: Date): OffsetTarget | string {
  switch (kind) {
    case 'earliest':
    case 'latest':
      return { kind }
    case 'time': {
      const moment = parseMoment(detail, zone, now)
      return moment === undefined
        ? 'Write a time, as in 2026-11-21 10:30, 10:30, or 2 hours ago.'
        : { kind, time: moment.toISOString() }
    }
    case 'offset':
      return /^\d{1,19}$/.test(detail) ? { kind, offset: detail } : 'Write the next offset, as in 1500.'
    case 'shift':
      return /^[+-]?\d{1,18}$/.test(detail) && !/^[+-]?0+$/.test(detail)
        ? { kind, by: detail.replace(/^\+/, '') }
        : 'Write how many records, as in 1 to skip one, or -100 to go back.'
    case 'group':
      return detail === '' ? 'Choose the group whose offsets are taken.' : { kind, group: detail }
    default:
      return kind satisfies never
  }
}
