// SPDX-License-Identifier: Apache-2.0
/** What a browse has said so far, folded event by event. */
import type { BrowseEvent, Message } from '@kaas/http-contract'

/** How far it came. The numbers are those of the last progress. */
export interface BrowseProgress {
  readonly scanned: number
  readonly scannedBytes: number
  readonly perSecond: number
  readonly elapsedMs: number
  readonly left: number
  readonly filterErrors: number
  readonly firstFilterError: string | undefined
}

/** `asking` until the server took it; `failed` carries what the server said. */
export type BrowsePhase = 'idle' | 'asking' | 'reading' | 'done' | 'stopped' | 'failed'

/** The whole of a browse as the page shows it. */
export interface BrowseLog {
  readonly phase: BrowsePhase
  /** In the order of the page: newest or oldest first. */
  readonly messages: readonly Message[]
  /** Of keys and values of the messages. */
  readonly characters: number
  /** Of a tail: left out at the end because the list is full. */
  readonly dropped: number
  readonly total: number | undefined
  readonly emptyPartitions: boolean
  readonly progress: BrowseProgress | undefined
  readonly warnings: readonly string[]
  readonly end: Extract<BrowseEvent, { kind: 'done' }>['reason'] | undefined
  readonly cursor: string | undefined
  readonly problem: Extract<BrowseEvent, { kind: 'problem' }>['problem'] | undefined
}

/** The log before anything was asked. */
export const EMPTY_LOG: BrowseLog = {
  phase: 'idle',
  messages: [],
  characters: 0,
  dropped: 0,
  total: undefined,
  emptyPartitions: false,
  progress: undefined,
  warnings: [],
  end: undefined,
  cursor: undefined,
  problem: undefined,
}

/** Messages that a page keeps of a browse that goes on and on. */
export const MOST_KEPT = 100_000
/** Of a tail, which lets the oldest go: it may run for hours. */
export const MOST_OF_TAIL = 5000
const MOST_CHARACTERS = 50_000_000
const MOST_WARNINGS = 20

/** The log after some more events; they come in batches so that a fast stream costs one drawing. */
export function takeEvents(
  log: BrowseLog,
  events: readonly BrowseEvent[],
  order: 'newest' | 'oldest',
  most = MOST_KEPT,
): BrowseLog {
  const found = events.flatMap((event) => (event.kind === 'message' ? [event.message] : []))
  const rest = events.reduce((before, event) => takeEvent(before, event), log)
  return found.length === 0 ? rest : withMessages(rest, found, order, most)
}

/** Whether a browse should not go on: the browser has only so much memory. */
export function isFull({ messages, characters }: Pick<BrowseLog, 'messages' | 'characters'>): boolean {
  return messages.length >= MOST_KEPT || characters >= MOST_CHARACTERS
}

function takeEvent(log: BrowseLog, event: BrowseEvent): BrowseLog {
  switch (event.kind) {
    case 'started':
      return { ...log, phase: 'reading', total: event.total, emptyPartitions: event.total === 0 }
    case 'message':
      return log
    case 'progress':
      return { ...log, progress: progressOf(event, event.left) }
    case 'warning':
      return { ...log, warnings: [...log.warnings, sayWarning(event)].slice(-MOST_WARNINGS) }
    case 'done':
      return { ...log, phase: 'done', end: event.reason, cursor: event.cursor, progress: progressOf(event, 0) }
    case 'problem':
      return { ...log, phase: 'failed', problem: event.problem }
    default:
      return event satisfies never
  }
}

function progressOf(event: Extract<BrowseEvent, { kind: 'progress' | 'done' }>, left: number): BrowseProgress {
  const { scanned, scannedBytes, perSecond, elapsedMs, filterErrors, firstFilterError } = event
  return { scanned, scannedBytes, perSecond, elapsedMs, filterErrors, firstFilterError, left }
}

function sayWarning({ partition, message }: Extract<BrowseEvent, { kind: 'warning' }>): string {
  return partition === undefined ? message : `Partition ${partition}: ${message}`
}

function withMessages(log: BrowseLog, found: readonly Message[], order: 'newest' | 'oldest', most: number): BrowseLog {
  const sign = order === 'newest' ? -1 : 1
  const all = merged(log.messages, [...found], (one, other) => sign * compare(one, other))
  const messages = all.length > most ? all.slice(0, most) : all
  const characters = found.reduce((sum, { key, value }) => sum + (key?.text.length ?? 0) + (value?.text.length ?? 0), 0)
  const dropped = log.dropped + all.length - messages.length
  return { ...log, messages, characters: log.characters + characters, dropped }
}

/** What is in order already is not sorted again: there may be a hundred thousand, and batches come many times a second. */
function merged(
  sorted: readonly Message[],
  added: Message[],
  order: (one: Message, other: Message) => number,
): readonly Message[] {
  added.sort(order)
  const all: Message[] = []
  let next = 0
  for (const message of sorted) {
    for (let each = added[next]; each !== undefined && order(each, message) < 0; each = added[next]) {
      all.push(each)
      next += 1
    }
    all.push(message)
  }
  return [...all, ...added.slice(next)]
}

/** By time, then by offset: a producer's clock may go back, and a record may have no time at all. */
function compare(one: Message, other: Message): number {
  return one.timestampMs - other.timestampMs || one.offset - other.offset || one.partition - other.partition
}

/** How the page names a message: `3:1500`, partition and offset. Also in the address. */
export function messageId({ partition, offset }: Pick<Message, 'partition' | 'offset'>): string {
  return `${partition}:${offset}`
}

/** Partition and offset of such a name; undefined when it is none. */
export function parseMessageId(id: string): Pick<Message, 'partition' | 'offset'> | undefined {
  const match = /^(\d{1,6}):(\d{1,16})$/.exec(id)
  return match === null ? undefined : { partition: Number(match[1]), offset: Number(match[2]) }
}
