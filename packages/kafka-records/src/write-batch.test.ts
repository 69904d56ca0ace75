// SPDX-License-Identifier: Apache-2.0
/** Reading back what was written; that brokers and clients read it too is `packages/kafka-admin/src/verbs/records.int.test.ts`. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32c } from './crc32c.ts'
import { headersOf, partitionForKey, readBatches, readRecords, writeBatch } from './index.ts'

const bytes = fc.option(fc.uint8Array({ maxLength: 200 }), { nil: null })
const record = fc.record({
  key: bytes,
  value: fc.oneof(bytes, fc.constant(Buffer.from('again and '.repeat(5000)))),
  headers: fc.array(fc.record({ name: fc.string({ unit: 'binary' }), value: bytes }), { maxLength: 3 }),
  timestamp: fc.integer({ min: 0, max: 4_102_444_800_000 }),
})

test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
  'any records come back from a batch packed by %s',
  (compression) => {
    const plain = (value: Uint8Array | null) => (value === null ? null : Buffer.from(value).toString('base64'))
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), (records) => {
        const [batch, ...more] = readBatches(writeBatch(records, compression))
        expect(more).toEqual([])
        const read = batch ? [...readRecords(batch)] : []
        expect(read.map(({ timestamp }) => timestamp)).toEqual(records.map(({ timestamp }) => timestamp))
        expect(read.map((each) => [plain(each.key), plain(each.value)])).toEqual(
          records.map(({ key, value }) => [plain(key), plain(value)]),
        )
        expect(read.map((each) => headersOf(each).map(({ name, value }) => [name, plain(value)]))).toEqual(
          records.map(({ headers }) => headers.map(({ name, value }) => [Buffer.from(name).toString(), plain(value)])),
        )
      }),
      { numRuns: 60 },
    )
  },
)

test('text that repeats becomes much smaller by every compression', () => {
  const value = Buffer.from(JSON.stringify(Array.from({ length: 2000 }, (_, index) => ({ index, kind: 'payment' }))))
  const sizeBy = (compression: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd') =>
    writeBatch([{ key: null, value, timestamp: 0 }], compression).length
  for (const compression of ['gzip', 'snappy', 'lz4', 'zstd'] as const) {
    expect(sizeBy(compression)).toBeLessThan(sizeBy('none') / 3)
  }
})

test('the checksum is that of RFC 3720', () => {
  expect(crc32c(Buffer.alloc(32)).toString(16)).toBe('8a9136aa')
  expect(crc32c(Buffer.alloc(32, 0xff)).toString(16)).toBe('62a8ab43')
  expect(crc32c(Buffer.from(Array.from({ length: 32 }, (_, index) => index))).toString(16)).toBe('46dd794e')
})

test('a key goes where Java’s producer sends it', () => {
  // From Apache Kafka's own UtilsTest.testMurmur2, made positive and divided.
  const hashes = { '21': -973932308, foobar: -790332482, 'a-little-bit-long-string': -985981536, abc: 479470107 }
  for (const [key, hash] of Object.entries(hashes)) {
    expect(partitionForKey(Buffer.from(key), 1000)).toBe((hash & 0x7fffffff) % 1000)
  }
})
