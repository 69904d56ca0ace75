// SPDX-License-Identifier: Apache-2.0
/** Browsing records of real Kafka through the API: places, orders, filters, formats, bounds. */
import type { NewRecord } from '@kaas/kafka-records'
import { quickOnce } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MessagePlatform, startMessagePlatform } from './message-platform.ts'

const START = Date.parse('2026-05-01T00:00:00Z')
const MINUTE_MS = 60_000

let platform: MessagePlatform

beforeAll(async () => {
  platform = await startMessagePlatform()
  // Three partitions that take turns by the minute, and one that is empty.
  await platform.fill('orders', [0, 1, 2].map((partition) => minutes(partition)).concat([[]]))
})

afterAll(() => platform?.stop())

/** Minutes 0 to 299, each third one. */
function minutes(partition: number): readonly Partial<NewRecord>[] {
  return Array.from({ length: 100 }, (_, index) => {
    const minute = index * 3 + partition
    return {
      key: Buffer.from(`customer-${minute % 7}`),
      value: Buffer.from(JSON.stringify({ minute, total: minute * 10, note: minute % 50 === 0 ? 'round' : undefined })),
      headers: [{ name: 'origin', value: Buffer.from(minute % 2 === 0 ? 'shop' : 'api') }],
      timestamp: START + minute * MINUTE_MS,
    }
  })
}

function minutesOf(values: readonly (string | undefined)[]): readonly number[] {
  return values.map((value) => JSON.parse(value ?? '{}').minute)
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

test('the newest records of all partitions come newest first, and the empty partition costs no waiting', async () => {
  const { values, done, events } = await platform.browse('orders', { limit: 20 })
  await quickOnce(2_000, async () => {
    expect((await platform.browse('orders', { partitions: '3' })).done).toMatchObject({ reason: 'end', scanned: 0 })
  })
  expect(minutesOf(values)).toEqual(range(280, 300).reverse())
  expect(done).toMatchObject({ reason: 'limit', shown: 20 })
  expect(events[0]).toMatchObject({ kind: 'started', total: 300 })
  expect(events[0]?.kind === 'started' && events[0].partitions.map(({ partition }) => partition)).toEqual([0, 1, 2])
})

test('the oldest come oldest first, and a cursor goes on without gaps and doubles, in both orders', async () => {
  for (const [from, expected] of [
    ['earliest', range(0, 300)],
    ['latest', range(0, 300).reverse()],
  ] as const) {
    const seen: number[] = []
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const { values, done } = await platform.browse('orders', { from, limit: 77, ...(cursor === '' ? {} : { cursor }) })
      seen.push(...minutesOf(values))
      cursor = done?.cursor
    }
    expect(seen).toEqual(expected)
  }
})

test('a time and an offset bound what is read, at both ends, and partitions can be chosen', async () => {
  const time = (minute: number) => new Date(START + minute * MINUTE_MS).toISOString()
  const between = await platform.browse('orders', { from: 'time', time: time(100), untilTime: time(110) })
  expect(minutesOf(between.values)).toEqual(range(100, 110))
  const newest = await platform.browse('orders', { from: 'time', time: time(290), order: 'newest' })
  expect(minutesOf(newest.values)).toEqual(range(290, 300).reverse())
  const offsets = await platform.browse('orders', { from: 'offset', offset: 98, partitions: '1,2' })
  expect(minutesOf(offsets.values)).toEqual([295, 296, 298, 299])
  const future = await platform.browse('orders', { from: 'time', time: '2999-01-01T00:00:00Z' })
  expect(future.done).toMatchObject({ reason: 'end', shown: 0 })
})

test('a filter sees key, value, headers, partition, offset and time; what it cannot be evaluated for is counted', async () => {
  const shown = async (filter: string) => minutesOf((await platform.browse('orders', { from: 'earliest', filter })).values)
  expect(await shown('value.total >= 2950 && headers["origin"] == "shop"')).toEqual([296, 298])
  expect(await shown('key == "customer-3" && partition == 1 && offset < 20')).toEqual([10, 31, 52])
  expect(await shown('timestamp < timestamp("2026-05-01T00:03:00Z")')).toEqual([0, 1, 2])
  expect(await shown('valueText.contains("round")')).toEqual([0, 50, 100, 150, 200, 250])
  const failing = await platform.browse('orders', { from: 'earliest', filter: 'value.note == "round"' })
  expect(failing.done).toMatchObject({ reason: 'end', shown: 6, scanned: 300, filterErrors: 294 })
  expect(failing.done?.firstFilterError).toContain('note')
  const rare = await platform.browse('orders', { filter: 'value.minute == 1' })
  expect(minutesOf(rare.values)).toEqual([1])
})

test('a text is searched in keys, values and headers without a filter', async () => {
  expect((await platform.browse('orders', { search: 'customer-3', limit: 1000 })).messages).toHaveLength(43)
  expect((await platform.browse('orders', { search: '"minute":299' })).messages).toHaveLength(1)
  expect((await platform.browse('orders', { search: 'api', limit: 1000 })).messages).toHaveLength(150)
})

test('bounds on records and time end a browse with a cursor to go on', async () => {
  const large = Array.from({ length: 10 }, () => ({ value: Buffer.alloc(90_000, 'x') }))
  await platform.fill('large', [large])
  for (let more = 0; more < 9; more += 1) await platform.add('large', 0, large)
  const bounded = await platform.browse('large', { from: 'earliest', maxRecords: 10, filter: 'false' })
  expect(bounded.done).toMatchObject({ reason: 'max-records', shown: 0 })
  expect(bounded.done?.scanned).toBeLessThan(80)
  const rest = await platform.browse('large', { from: 'earliest', filter: 'false', cursor: bounded.done?.cursor })
  expect((rest.done?.scanned ?? 0) + (bounded.done?.scanned ?? 0)).toBe(100)
  const bytes = await platform.browse('large', { from: 'earliest', maxBytes: 1_000_000, filter: 'false' })
  expect(bytes.done).toMatchObject({ reason: 'max-bytes' })
  const tail = await platform.browse('orders', { from: 'tail', maxSeconds: 1 })
  expect(tail.done).toMatchObject({ reason: 'max-seconds', shown: 0 })
})

test('a tail shows what comes, as it comes', async () => {
  await platform.fill('live', [[], []])
  const messages: string[] = []
  const stop = new AbortController()
  for await (const event of platform.api.browseMessages({ tenant: 'shop', topic: 'live' }, { from: 'tail', limit: 3 })) {
    if (event.kind === 'started') {
      const records = ['a', 'b', 'c'].map((data) => ({ value: { encoding: 'text', data } }) as const)
      await platform.api.produceMessages({ tenant: 'shop', topic: 'live' }, { records })
    }
    if (event.kind === 'message') messages.push(event.message.value?.text ?? '')
  }
  stop.abort()
  expect(messages).toEqual(['a', 'b', 'c'])
})

test('what cannot be asked is refused before anything is read, at its field', async () => {
  const refused = async (request: object, topic = 'orders') =>
    platform.browse(topic, request).then(
      () => 'nothing',
      (error) => `${error.code} ${error.fields?.[0]?.path ?? ''}`.trim(),
    )
  expect(await refused({ filter: 'value.' })).toBe('usage-invalid filter')
  expect(await refused({ filter: 'nope == 1' })).toBe('usage-invalid filter')
  expect(await refused({ filter: 'offset' })).toBe('usage-invalid filter')
  expect(await refused({ partitions: '0,9' })).toBe('usage-invalid partitions')
  expect(await refused({ from: 'offset' })).toBe('usage-invalid offset')
  expect(await refused({ valueFormat: 'avro' })).toBe('usage-invalid valueSchema')
  expect(await refused({ cursor: 'nonsense' })).toBe('usage-invalid')
  expect(await refused({}, 'absent')).toBe('resource-absent')
  expect(await refused({}, '../orders')).toBe('name-invalid')
  expect(await refused({}, 'a b')).toBe('name-invalid')
})
