// SPDX-License-Identifier: Apache-2.0
/** From a request to what is read: which partitions, from which offset to which, in which direction. Empty ones are left out here. */
import { KaasError } from '@kaas/errors'
import type { BrowseQuery } from '@kaas/http-contract'
import type { KafkaAdmin, LedPartition, ListedOffset } from '@kaas/kafka-admin'
import { type Cursor, readCursor } from './cursor.ts'

/** What of one partition is read: from ≤ offset < to. */
export interface BrowseRange {
  readonly partition: number
  readonly from: number
  /** Infinity for a tail. */
  readonly to: number
}

/** Everything that is known before the first record is read. */
export interface BrowsePlan {
  readonly topic: string
  readonly topicId: string
  readonly order: 'newest' | 'oldest'
  readonly tail: boolean
  readonly ranges: readonly BrowseRange[]
  readonly leaders: ReadonlyMap<number, number>
  /** Partitions whose ends could not be found out, as sentences. */
  readonly warnings: readonly { readonly partition: number; readonly message: string }[]
}

type Asked = Pick<
  BrowseQuery,
  'from' | 'offset' | 'time' | 'untilOffset' | 'untilTime' | 'partitions' | 'order' | 'isolation' | 'cursor'
>

/** Throws `usage-invalid` for a request that cannot be, `resource-absent` for a topic that Kafka does not have. */
export async function planBrowse(admin: KafkaAdmin, topic: string, query: Asked): Promise<BrowsePlan> {
  const order = query.order ?? (query.from === 'latest' ? 'newest' : 'oldest')
  const tail = query.from === 'tail'
  checkQuery(query, order)
  const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor)
  const led = choosePartitions(await admin.findLeaders([topic]), query.partitions)
  const ends = await findEnds(admin, topic, led, query)
  const ranges = ends.flatMap(({ partition, earliest, latest, start, end }) => {
    if (earliest.problem !== undefined || latest.problem !== undefined) return []
    const [low, high] = [earliest.offset ?? 0, latest.offset ?? 0]
    if (tail) return [{ partition, from: high, to: Number.POSITIVE_INFINITY }]
    const asked = cursor === undefined ? { from: start ?? low, to: end ?? high } : rangeIn(cursor, partition)
    const range = { partition, from: Math.max(low, asked.from), to: Math.min(high, asked.to) }
    return range.from < range.to ? [range] : []
  })
  return {
    topic,
    topicId: led[0]?.topicId ?? '',
    order,
    tail,
    ranges,
    leaders: new Map(led.flatMap(({ partition, leader }) => (leader === undefined ? [] : [[partition, leader]]))),
    warnings: ends.flatMap(({ partition, earliest, latest }) => {
      const problem = earliest.problem ?? latest.problem
      return problem === undefined ? [] : [{ partition, message: problem.message }]
    }),
  }
}

function checkQuery({ from, offset, time }: Asked, order: 'newest' | 'oldest'): void {
  if (from === 'offset' && offset === undefined) throw invalid('offset', 'Say from which offset.')
  if (from === 'time' && time === undefined) throw invalid('time', 'Say from which time, as in 2026-05-01T08:00:00Z.')
  if (from === 'tail' && order === 'newest') throw invalid('order', 'A tail shows records as they come: leave order out.')
}

function choosePartitions(led: readonly LedPartition[], chosen: string | undefined): readonly LedPartition[] {
  if (chosen === undefined) return led
  const numbers = new Set(chosen.split(',').map(Number))
  const found = led.filter(({ partition }) => numbers.has(partition))
  if (found.length === numbers.size) return found
  throw invalid('partitions', `The topic has the partitions 0 to ${led.length - 1}.`)
}

interface Ends {
  readonly partition: number
  readonly earliest: ListedOffset
  readonly latest: ListedOffset
  readonly start: number | undefined
  readonly end: number | undefined
}

/** `start` and `end` are undefined where the request has none; a time after the last record is the end of the log. */
async function findEnds(
  admin: KafkaAdmin,
  topic: string,
  led: readonly LedPartition[],
  query: Asked,
): Promise<readonly Ends[]> {
  const partitions = led.map(({ partition }) => ({ topic, partition }))
  const at = (time: string) => admin.listOffsets(partitions, { kind: 'timestamp', ms: Date.parse(time) })
  const [earliest, latest, starts, ends] = await Promise.all([
    admin.listOffsets(partitions, { kind: 'earliest' }),
    admin.listOffsets(partitions, { kind: 'latest', isolation: query.isolation }),
    query.from === 'time' && query.time !== undefined ? at(query.time) : undefined,
    query.untilTime === undefined ? undefined : at(query.untilTime),
  ])
  return led.map(({ partition }, index) => {
    const last = latest[index] as ListedOffset
    const start = starts === undefined ? query.offset : (starts[index]?.offset ?? last.offset)
    const end = ends === undefined ? query.untilOffset : (ends[index]?.offset ?? last.offset)
    return { partition, earliest: earliest[index] as ListedOffset, latest: last, start, end }
  })
}

function rangeIn(cursor: Cursor, partition: number): { readonly from: number; readonly to: number } {
  const found = cursor.find(([number]) => number === partition)
  return found === undefined ? { from: 0, to: 0 } : { from: found[1], to: found[2] }
}

function invalid(path: string, message: string): KaasError {
  return new KaasError('usage-invalid', { message, help: 'Change the request.', fields: [{ path, message }] })
}
