// SPDX-License-Identifier: Apache-2.0
/** What real clients wrote and Kafka 4.3 answered (`test/capture-vectors.ts`), read here. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { committedBatches, headersOf, offsetAfter, readBatches, readRecords, writtenBatches } from './index.ts'

const VECTORS = `${import.meta.dirname}/../test/vectors`
const LINES = Array.from({ length: 40 }, (_, index) => ({
  key: index % 7 === 3 ? null : `key-${index}`,
  value: index % 5 === 4 ? null : `{"index":${index},"text":"${'Straße nach Köln 🚄 '.repeat(index)}"}`,
}))

function vector(name: string) {
  const { records, aborted } = JSON.parse(readFileSync(`${VECTORS}/${name}.json`, 'utf8'))
  const pairs = aborted as readonly (readonly [number, number])[]
  return {
    records: Buffer.from(records, 'base64'),
    aborted: pairs.map(([id, offset]) => ({ producerId: BigInt(id), firstOffset: BigInt(offset) })),
  }
}

const clients = readdirSync(VECTORS).flatMap((file) => (file.startsWith('transactions') ? [] : [file.replace('.json', '')]))

test.each(clients)('records that %s wrote are read to the byte, with null keys, null values and headers', (name) => {
  const batches = [...readBatches(vector(name).records)]
  expect(batches.map(({ compression }) => compression)).toContain(name.split('-')[1])
  const records = batches.flatMap((batch) => [...readRecords(batch)])
  expect(records.map(({ key, value }) => ({ key: key?.toString() ?? null, value: value?.toString() ?? null }))).toEqual(
    LINES,
  )
  expect(records.map(({ offset }) => offset)).toEqual(LINES.map((_, index) => index))
  const headers = name.startsWith('java')
    ? [
        ['a', '1'],
        ['b', 'zwei'],
      ]
    : [
        ['a', '1'],
        ['b', undefined],
      ]
  const [first] = records
  expect(first && headersOf(first).map((header) => [header.name, header.value?.toString()])).toEqual(headers)
  expect(records.every(({ timestamp }) => timestamp > Date.parse('2026-01-01'))).toBe(true)
})

test('what a transaction aborted is left out, what others wrote meanwhile is not', () => {
  const { records, aborted } = vector('transactions')
  const committed = [...committedBatches(records, aborted)].flatMap((batch) => [...readRecords(batch)])
  expect(committed.map(({ value }) => value?.toString())).toEqual([
    'commit 0',
    'between 0',
    'commit 0',
    'between 1',
    'commit 2',
    'between 2',
    'commit 2',
  ])
  const written = [...writtenBatches(records)].flatMap((batch) => [...readRecords(batch)])
  expect(written.map(({ value }) => value?.toString())).toContain('abort 1')
  expect([...readBatches(records)].filter(({ control }) => control)).toHaveLength(3)
})

test('a batch that the broker cut at the size limit is left for the next fetch', () => {
  const { records } = vector('java-lz4')
  const whole = [...readBatches(records)].length
  expect([...readBatches(records.subarray(0, records.length - 1))]).toHaveLength(whole - 1)
  expect([...readBatches(records.subarray(0, 11))]).toEqual([])
  expect(offsetAfter(records)).toBe(40)
  expect(offsetAfter(records.subarray(0, records.length - 1))).toBe(
    [...readBatches(records)].at(-1)?.baseOffset || undefined,
  )
})

test('a flipped bit is found by the checksum, and the message says at which offset', () => {
  const { records } = vector('librdkafka-zstd')
  const broken = Buffer.from(records)
  broken[100] = (broken[100] as number) ^ 1
  expect(() => [...readBatches(broken)]).toThrow(/checksum of the record batch at offset 0 is wrong/)
})

test('message formats of before 2017 are named, not misread', () => {
  const old = Buffer.alloc(80)
  old.writeInt32BE(68, 8)
  old.writeInt8(1, 16)
  expect(() => [...readBatches(old)]).toThrow(/message format 1/)
})
