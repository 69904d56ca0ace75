// SPDX-License-Identifier: Apache-2.0
/** Writes one record batch, as a producer without idempotence sends it. The broker sets offsets and leader epoch. */
import { type Compression, compress } from './compression/compression.ts'
import { crc32c } from './crc32c.ts'
import { ATTRIBUTES_AT, BATCH_HEADER_BYTES, LENGTH_END } from './record-batch.ts'
import { varintBytes, writeVarint } from './varint.ts'

/** A record to write. `timestamp` is in milliseconds. */
export interface NewRecord {
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers?: readonly { readonly name: string; readonly value: Uint8Array | null }[]
  readonly timestamp: number
}

const CODES: Readonly<Record<Compression, number>> = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 }
const MAGIC = 2

/** The bytes of a batch with `records`, at least one, in their order. */
export function writeBatch(records: readonly NewRecord[], compression: Compression = 'none'): Buffer {
  const timestamps = records.map(({ timestamp }) => timestamp)
  const baseTimestamp = timestamps[0] ?? -1
  const payload = compress(compression, writeRecords(records, baseTimestamp))
  const bytes = Buffer.alloc(BATCH_HEADER_BYTES + payload.length)
  bytes.writeInt32BE(bytes.length - LENGTH_END, 8)
  bytes.writeInt32BE(-1, 12)
  bytes.writeInt8(MAGIC, 16)
  bytes.writeInt16BE(CODES[compression], ATTRIBUTES_AT)
  bytes.writeInt32BE(records.length - 1, 23)
  bytes.writeBigInt64BE(BigInt(baseTimestamp), 27)
  bytes.writeBigInt64BE(BigInt(timestamps.reduce((most, each) => Math.max(most, each), baseTimestamp)), 35)
  bytes.writeBigInt64BE(-1n, 43)
  bytes.writeInt16BE(-1, 51)
  bytes.writeInt32BE(-1, 53)
  bytes.writeInt32BE(records.length, 57)
  payload.copy(bytes, BATCH_HEADER_BYTES)
  bytes.writeUInt32BE(crc32c(bytes.subarray(ATTRIBUTES_AT)), 17)
  return bytes
}

function writeRecords(records: readonly NewRecord[], baseTimestamp: number): Buffer {
  return Buffer.concat(records.map((record, index) => writeRecord(record, record.timestamp - baseTimestamp, index)))
}

function writeRecord({ key, value, headers = [] }: NewRecord, timestampDelta: number, offsetDelta: number): Buffer {
  const parts = headers.map((header) => ({ name: Buffer.from(header.name, 'utf8'), value: header.value }))
  const length =
    1 +
    varintBytes(timestampDelta) +
    varintBytes(offsetDelta) +
    bytesOf(key) +
    bytesOf(value) +
    varintBytes(parts.length) +
    parts.reduce((sum, part) => sum + bytesOf(part.name) + bytesOf(part.value), 0)
  const bytes = Buffer.alloc(varintBytes(length) + length)
  // The byte after the length is for attributes; records have none.
  let at = writeVarint(bytes, 0, length) + 1
  at = writeVarint(bytes, at, timestampDelta)
  at = writeVarint(bytes, at, offsetDelta)
  at = writeBytes(bytes, at, key)
  at = writeBytes(bytes, at, value)
  at = writeVarint(bytes, at, parts.length)
  for (const part of parts) at = writeBytes(bytes, writeBytes(bytes, at, part.name), part.value)
  return bytes
}

function bytesOf(value: Uint8Array | null): number {
  return value === null ? 1 : varintBytes(value.length) + value.length
}

function writeBytes(bytes: Buffer, at: number, value: Uint8Array | null): number {
  if (value === null) return writeVarint(bytes, at, -1)
  const start = writeVarint(bytes, at, value.length)
  bytes.set(value, start)
  return start + value.length
}
