// SPDX-License-Identifier: Apache-2.0
/** The records of a batch, one at a time and without copies. Headers are read when they are asked for. */
import { decompress } from './compression/compression.ts'
import { corrupt } from './corrupt.ts'
import type { RecordBatch } from './record-batch.ts'
import { type Cursor, readVarint, readVarlong } from './varint.ts'

/** One record. Key and value share the memory of the batch: copy what must outlive it. */
export interface KafkaRecord {
  readonly offset: number
  /** Milliseconds; -1 without. */
  readonly timestamp: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headerCount: number
  /** From the count of headers to the end; for `headersOf`. */
  readonly headerBytes: Buffer
}

/** A header. The same name may come several times. */
export interface RecordHeader {
  readonly name: string
  readonly value: Buffer | null
}

/** What a batch may become when it is unpacked, in bytes: far above what brokers take by default, far below the memory of a process. */
export const MOST_UNPACKED_BYTES = 256 * 1024 * 1024

/**
 * The records of `batch`, in the order of their offsets. Those of a control batch are markers: see `readMarker`. Throws
 * `frame-corrupt` where the bytes are not what they claim, or unpack to more than `mostBytes`.
 */
export function* readRecords(batch: RecordBatch, mostBytes = MOST_UNPACKED_BYTES): Generator<KafkaRecord> {
  const bytes = decompress(batch.compression, batch.payload, mostBytes)
  const cursor: Cursor = { bytes, at: 0, end: bytes.length }
  for (let index = 0; index < batch.recordCount; index += 1) yield readRecord(batch, cursor)
  if (cursor.at !== bytes.length) {
    throw corrupt(`The batch at offset ${batch.baseOffset} has ${bytes.length - cursor.at} bytes after its records.`)
  }
}

/** The headers, in their order. Throws `frame-corrupt`. */
export function headersOf(record: KafkaRecord): readonly RecordHeader[] {
  if (record.headerCount === 0) return []
  const bytes = record.headerBytes
  const cursor: Cursor = { bytes, at: 0, end: bytes.length }
  const headers: RecordHeader[] = []
  for (let index = 0; index < record.headerCount; index += 1) {
    const name = readBytes(cursor)
    if (name === null) throw corrupt(`A header of the record at offset ${record.offset} has no name.`)
    headers.push({ name: name.toString('utf8'), value: readBytes(cursor) })
  }
  if (cursor.at !== bytes.length) throw corrupt(`The record at offset ${record.offset} has bytes after its headers.`)
  return headers
}

/** What the marker of a control batch says; undefined for kinds that do not end a transaction. */
export function readMarker(batch: RecordBatch): 'abort' | 'commit' | undefined {
  const [record] = readRecords(batch)
  const key = record?.key
  if (key === undefined || key === null || key.length < 4) return undefined
  const type = key.readInt16BE(2)
  return type === 0 ? 'abort' : type === 1 ? 'commit' : undefined
}

function readRecord(batch: RecordBatch, cursor: Cursor): KafkaRecord {
  const whole = cursor.end
  const length = readVarint(cursor)
  const end = cursor.at + length
  // A record takes seven bytes at least: length, attributes, two deltas, two lengths, the count of headers.
  if (length < 6 || end > whole) throw corrupt(`A record of the batch at offset ${batch.baseOffset} claims ${length} bytes.`)
  cursor.end = end
  cursor.at += 1
  const timestampDelta = readVarlong(cursor)
  const offset = batch.baseOffset + readVarint(cursor)
  const key = readBytes(cursor)
  const value = readBytes(cursor)
  const headerCount = readVarint(cursor)
  if (headerCount < 0) throw corrupt(`The record at offset ${offset} claims ${headerCount} headers.`)
  const headerBytes = cursor.bytes.subarray(cursor.at, end)
  // Each header takes two bytes at least, so a false count cannot make anybody loop.
  if (headerCount * 2 > headerBytes.length || (headerCount === 0 && headerBytes.length > 0)) {
    throw corrupt(`The record at offset ${offset} claims ${headerCount} headers in ${headerBytes.length} bytes.`)
  }
  cursor.at = end
  cursor.end = whole
  const timestamp = batch.timestampType === 'append' ? batch.maxTimestamp : batch.baseTimestamp + timestampDelta
  return { offset, timestamp, key, value, headerCount, headerBytes }
}

function readBytes(cursor: Cursor): Buffer | null {
  const length = readVarint(cursor)
  if (length === -1) return null
  const start = cursor.at
  if (length < 0 || start + length > cursor.end) throw corrupt(`A record claims a key, value or header of ${length} bytes.`)
  cursor.at = start + length
  return cursor.bytes.subarray(start, cursor.at)
}
