// SPDX-License-Identifier: Apache-2.0
/**
 * Record batches of format 2 (Kafka 0.11 and later), the only one that Kafka 4 writes: the frame of a batch with its checksum. What
 * is in it is `read-records.ts`. Message sets of formats 0 and 1 are named, not read: Kafka 4 takes none, so only logs that are
 * older than 2017 can hold them.
 */
import { KaasError } from '@kaas/errors'
import type { Compression } from './compression/compression.ts'
import { corrupt } from './corrupt.ts'
import { crc32c } from './crc32c.ts'

/** One batch. `payload` shares the memory of what it was read from. */
export interface RecordBatch {
  readonly baseOffset: number
  /** The offset of the last record that was written with it, whether compaction has left it or not. */
  readonly lastOffset: number
  readonly partitionLeaderEpoch: number
  readonly compression: Compression
  /** `append` when the broker set all timestamps to `maxTimestamp`. */
  readonly timestampType: 'create' | 'append'
  readonly transactional: boolean
  /** It holds a marker (commit, abort) and no records of users. */
  readonly control: boolean
  /** Milliseconds; -1 without. */
  readonly baseTimestamp: number
  readonly maxTimestamp: number
  /** -1 without a producer that is idempotent. */
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly recordCount: number
  /** The records, still compressed. */
  readonly payload: Buffer
  /** Bytes of the whole batch. */
  readonly bytes: number
}

/** Bytes from the start of a batch to its records. */
export const BATCH_HEADER_BYTES = 61
/** What comes before the bytes that `length` counts: base offset and length. */
export const LENGTH_END = 12
const MAGIC_AT = 16
const CRC_AT = 17
/** The checksum covers everything from the attributes on. */
export const ATTRIBUTES_AT = 21

const COMPRESSIONS: readonly Compression[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd']
const APPEND_TIME = 8
const TRANSACTIONAL = 16
const CONTROL = 32

/** How strictly to read. */
export interface ReadBatchesOptions {
  /** Compare the checksum; true when absent. */
  readonly checksum?: boolean
}

/**
 * The batches in the records of a Fetch answer, one after the other. A last one that the broker cut at the size limit is left
 * out. Throws `frame-corrupt` for bytes that are no batch and for a wrong checksum, and `not-supported` for formats 0 and 1.
 */
export function* readBatches(bytes: Buffer, options: ReadBatchesOptions = {}): Generator<RecordBatch> {
  for (let at = 0; at + LENGTH_END <= bytes.length; ) {
    const length = bytes.readInt32BE(at + 8)
    const end = at + LENGTH_END + length
    if (length < BATCH_HEADER_BYTES - LENGTH_END) throw corrupt(`A record batch claims ${length} bytes.`)
    if (end > bytes.length) return
    yield readBatch(bytes.subarray(at, end), options.checksum ?? true)
    at = end
  }
}

/**
 * The offset after the last whole batch in the records of a Fetch answer: where to fetch next. Undefined when no batch is whole. Looks
 * at lengths only, so it costs nothing and trusts nothing: bytes that are no batch end it.
 */
export function offsetAfter(bytes: Buffer): number | undefined {
  let next: number | undefined
  for (let at = 0; at + BATCH_HEADER_BYTES <= bytes.length; ) {
    const length = bytes.readInt32BE(at + 8)
    const end = at + LENGTH_END + length
    if (length < BATCH_HEADER_BYTES - LENGTH_END || end > bytes.length) break
    next = Number(bytes.readBigInt64BE(at)) + bytes.readInt32BE(at + 23) + 1
    at = end
  }
  return next
}

function readBatch(bytes: Buffer, checksum: boolean): RecordBatch {
  const baseOffset = offsetIn(bytes)
  const magic = bytes.readInt8(MAGIC_AT)
  if (magic !== 2) throw otherFormat(magic, baseOffset)
  if (checksum && bytes.readUInt32BE(CRC_AT) !== crc32c(bytes.subarray(ATTRIBUTES_AT))) {
    throw corrupt(`The checksum of the record batch at offset ${baseOffset} is wrong.`)
  }
  const attributes = bytes.readInt16BE(ATTRIBUTES_AT)
  const compression = COMPRESSIONS[attributes & 7]
  if (compression === undefined)
    throw corrupt(`The batch at offset ${baseOffset} has the unknown compression ${attributes & 7}.`)
  const recordCount = bytes.readInt32BE(57)
  const lastOffsetDelta = bytes.readInt32BE(23)
  if (recordCount < 0 || lastOffsetDelta < 0)
    throw corrupt(`The batch at offset ${baseOffset} claims ${recordCount} records.`)
  return {
    baseOffset,
    lastOffset: baseOffset + lastOffsetDelta,
    partitionLeaderEpoch: bytes.readInt32BE(12),
    compression,
    timestampType: attributes & APPEND_TIME ? 'append' : 'create',
    transactional: (attributes & TRANSACTIONAL) !== 0,
    control: (attributes & CONTROL) !== 0,
    baseTimestamp: Number(bytes.readBigInt64BE(27)),
    maxTimestamp: Number(bytes.readBigInt64BE(35)),
    producerId: bytes.readBigInt64BE(43),
    producerEpoch: bytes.readInt16BE(51),
    baseSequence: bytes.readInt32BE(53),
    recordCount,
    payload: bytes.subarray(BATCH_HEADER_BYTES),
    bytes: bytes.length,
  }
}

/** Offsets count from 0 by one record each, so 2^53 is never reached by writing. */
function offsetIn(bytes: Buffer): number {
  const offset = Number(bytes.readBigInt64BE(0))
  if (Number.isSafeInteger(offset) && offset >= 0) return offset
  throw corrupt(`A record batch claims the offset ${offset}.`)
}

function otherFormat(magic: number, offset: number): KaasError {
  if (magic !== 0 && magic !== 1) return corrupt(`The record batch at offset ${offset} has the unknown format ${magic}.`)
  return new KaasError('not-supported', {
    message: `The records at offset ${offset} are in message format ${magic}, which Kafka wrote before 0.11.`,
    help: 'Copy the topic with a client of that time, or let its retention end.',
  })
}
