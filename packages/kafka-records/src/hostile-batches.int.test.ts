// SPDX-License-Identifier: Apache-2.0
/** Whoever may produce decides what bytes a reader meets: cut and changed batches must be errors, never a hang or a crash. */
import { readdirSync, readFileSync } from 'node:fs'
import { KaasError } from '@kaas/errors'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decompress } from './compression/compression.ts'
import { headersOf, readBatches, readRecords, writeBatch } from './index.ts'

const VECTORS = `${import.meta.dirname}/../test/vectors`
const vectors = readdirSync(VECTORS).map((file) =>
  Buffer.from(JSON.parse(readFileSync(`${VECTORS}/${file}`, 'utf8')).records, 'base64'),
)

/** Reads everything there is; any failure must be the one that is documented. Returns how many records were read. */
function readAll(bytes: Buffer): number {
  let count = 0
  try {
    for (const batch of readBatches(bytes, { checksum: false })) {
      for (const record of readRecords(batch, 1_000_000)) count += 1 + headersOf(record).length
    }
  } catch (error) {
    expect(error).toBeInstanceOf(KaasError)
    expect(['frame-corrupt', 'not-supported']).toContain((error as KaasError).code)
  }
  return count
}

test('a changed batch is an error or other records, in bounded time and memory', () => {
  const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) })
  const input = fc.tuple(fc.constantFrom(...vectors), fc.array(change, { minLength: 1, maxLength: 8 }))
  fc.assert(
    fc.property(input, ([vector, changes]) => {
      const bytes = Buffer.from(vector)
      for (const { at, byte } of changes) bytes[at % bytes.length] = byte
      readAll(bytes)
    }),
    { numRuns: 3000 },
  )
})

test('a cut batch is an error or nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...vectors), fc.nat(), fc.nat(), (vector, from, length) => {
      readAll(vector.subarray(from % vector.length, (from % vector.length) + (length % vector.length)))
    }),
    { numRuns: 1000 },
  )
})

test('random bytes are no batch', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void readAll(Buffer.from(bytes))))
})

test('random bytes unpack to nothing or to what they say, by every compression', () => {
  const compressions = fc.constantFrom('gzip' as const, 'snappy' as const, 'lz4' as const, 'zstd' as const)
  fc.assert(
    fc.property(compressions, fc.uint8Array({ maxLength: 300 }), (compression, bytes) => {
      try {
        expect(decompress(compression, Buffer.from(bytes), 10_000).length).toBeLessThanOrEqual(10_000)
      } catch (error) {
        expect(error).toMatchObject({ code: 'frame-corrupt' })
      }
    }),
    { numRuns: 2000 },
  )
})

test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('a %s bomb is refused before it fills memory', (compression) => {
  const bomb = writeBatch([{ key: null, value: Buffer.alloc(20_000_000), timestamp: 0 }], compression)
  expect(bomb.length).toBeLessThan(1_500_000)
  const [batch] = readBatches(bomb)
  expect(() => batch && [...readRecords(batch, 1_000_000)]).toThrow(/unpack|claims/)
})

test('a batch that claims more records or headers than its bytes can hold is refused at once', () => {
  const bytes = writeBatch([{ key: null, value: null, timestamp: 0 }])
  bytes.writeInt32BE(0x7fffffff, 57)
  const [batch] = readBatches(bytes, { checksum: false })
  expect(() => batch && [...readRecords(batch)]).toThrow(KaasError)
})
