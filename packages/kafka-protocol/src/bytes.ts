// SPDX-License-Identifier: Apache-2.0
/**
 * Reading and writing the primitives of the Kafka protocol: big-endian integers, variable-length integers, lengths. Every read
 * checks the bytes that are left first, so no length in a frame can make it allocate or read beyond the frame. What a field
 * means, and which versions have it, is not known here.
 */
import { KaasError } from '@kaas/errors'

/** A cursor over one frame. Slices it returns share the frame's memory: copy what must outlive the frame. */
export class Reader {
  readonly buffer: Buffer
  readonly view: DataView
  offset: number
  /** The first byte that does not belong to what is being read; smaller than the frame's end inside a tagged field. */
  end: number

  constructor(buffer: Buffer, offset = 0, end = buffer.length) {
    this.buffer = buffer
    this.view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    this.offset = offset
    this.end = end
  }

  /** Moves past `length` bytes and returns where they start; throws `frame-corrupt` when fewer are left. */
  take(length: number): number {
    const at = this.offset
    const next = at + length
    if (next > this.end) throw truncated(this, length)
    this.offset = next
    return at
  }

  int8(): number {
    return this.view.getInt8(this.take(1))
  }

  int16(): number {
    return this.view.getInt16(this.take(2))
  }

  uint16(): number {
    return this.view.getUint16(this.take(2))
  }

  int32(): number {
    return this.view.getInt32(this.take(4))
  }

  /** Replica lists: one check for all of them. */
  int32s(count: number): number[] {
    const at = this.take(count * 4)
    const values: number[] = new Array(count)
    for (let i = 0; i < count; i++) values[i] = this.view.getInt32(at + i * 4)
    return values
  }

  int64(): bigint {
    return this.view.getBigInt64(this.take(8))
  }

  float64(): number {
    return this.view.getFloat64(this.take(8))
  }

  /** An unsigned variable-length integer of at most 32 bits. */
  uvarint(): number {
    const first = this.view.getUint8(this.take(1))
    return first < 0x80 ? first : this.#longUvarint(first & 0x7f)
  }

  bytes(length: number): Buffer {
    const at = this.take(length)
    return this.buffer.subarray(at, at + length)
  }

  /** UTF-8 text of `length` bytes. */
  text(length: number): string {
    const at = this.take(length)
    return this.buffer.toString('utf8', at, at + length)
  }

  /** A topic id or the like, as 32 hexadecimal digits. */
  uuid(): string {
    const at = this.take(16)
    return this.buffer.toString('hex', at, at + 16)
  }

  #longUvarint(low: number): number {
    let value = low
    for (let shift = 7; shift <= 28; shift += 7) {
      const byte = this.view.getUint8(this.take(1))
      if (shift === 28 && byte > 0x0f) break
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    throw corrupt(`A variable-length integer before offset ${this.offset} has more than 32 bits.`)
  }
}

/** Bytes of this length or more are not copied into the growing buffer but spliced in at the end. */
const SPLICE_MIN_BYTES = 4096
const MAX_KEPT_BYTES = 1 << 20

/** A growing buffer. Large byte strings are kept by reference until `finish`, so records are copied once at most. */
export class Writer {
  buffer: Buffer
  view: DataView
  offset = 0
  splicedBytes = 0
  readonly splices: { readonly at: number; readonly bytes: Uint8Array }[] = []

  constructor(capacity = 1024) {
    this.buffer = Buffer.allocUnsafe(capacity)
    this.view = viewOf(this.buffer)
  }

  /** Makes room for `length` more bytes, moves past them and returns where they start. */
  reserve(length: number): number {
    const at = this.offset
    const next = at + length
    if (next > this.buffer.length) this.#grow(next)
    this.offset = next
    return at
  }

  int8(value: number): void {
    if ((value << 24) >> 24 !== value) throw unfit(value, 'int8')
    const at = this.reserve(1)
    this.view.setInt8(at, value)
  }

  int16(value: number): void {
    if ((value << 16) >> 16 !== value) throw unfit(value, 'int16')
    const at = this.reserve(2)
    this.view.setInt16(at, value)
  }

  uint16(value: number): void {
    if ((value & 0xffff) !== value) throw unfit(value, 'uint16')
    const at = this.reserve(2)
    this.view.setUint16(at, value)
  }

  int32(value: number): void {
    if ((value | 0) !== value) throw unfit(value, 'int32')
    const at = this.reserve(4)
    this.view.setInt32(at, value)
  }

  int32s(values: readonly number[]): void {
    const at = this.reserve(values.length * 4)
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number
      if ((value | 0) !== value) throw unfit(value, 'int32')
      this.view.setInt32(at + i * 4, value)
    }
  }

  int64(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) throw unfit(value, 'int64')
    const at = this.reserve(8)
    this.view.setBigInt64(at, value)
  }

  float64(value: number): void {
    const at = this.reserve(8)
    this.view.setFloat64(at, value)
  }

  /** A non-negative integer below 2^32, seven bits to a byte. */
  uvarint(value: number): void {
    let rest = value
    while (rest > 0x7f) {
      const at = this.reserve(1)
      this.view.setUint8(at, rest | 0x80)
      rest >>>= 7
    }
    const at = this.reserve(1)
    this.view.setUint8(at, rest)
  }

  bytes(value: Uint8Array): void {
    if (value.length >= SPLICE_MIN_BYTES) {
      this.splices.push({ at: this.offset, bytes: value })
      this.splicedBytes += value.length
      return
    }
    const at = this.reserve(value.length)
    this.buffer.set(value, at)
  }

  /** UTF-8 text whose byte length is known, because its length was written before it. */
  text(value: string, byteLength: number): void {
    const at = this.reserve(byteLength)
    this.buffer.write(value, at, byteLength, 'utf8')
  }

  /** 32 hexadecimal digits as 16 bytes. */
  uuid(value: string): void {
    const at = this.reserve(16)
    if (value.length !== 32 || this.buffer.write(value, at, 16, 'hex') !== 16) {
      throw new KaasError('internal-bug', { message: `'${value}' is not a uuid of 32 hexadecimal digits.` })
    }
  }

  /** How many bytes have been written, spliced ones included. */
  get length(): number {
    return this.offset + this.splicedBytes
  }

  /** Everything written, as one buffer that does not belong to the writer. */
  finish(): Buffer {
    if (this.splices.length === 0) return Buffer.copyBytesFrom(this.buffer, 0, this.offset)
    return Buffer.concat(this.finishChunks(), this.length)
  }

  /** Everything written, as chunks: large byte strings as they were given, not copied, and what lies between. */
  finishChunks(): Uint8Array[] {
    const own = Buffer.copyBytesFrom(this.buffer, 0, this.offset)
    const chunks: Uint8Array[] = []
    let from = 0
    for (const { at, bytes } of this.splices) {
      if (at > from) chunks.push(own.subarray(from, at))
      chunks.push(bytes)
      from = at
    }
    if (own.length > from) chunks.push(own.subarray(from))
    return chunks
  }

  /** Forgets everything written, to be used again; gives back memory that an unusual message made it take. */
  reset(): this {
    this.offset = 0
    this.splicedBytes = 0
    this.splices.length = 0
    if (this.buffer.length > MAX_KEPT_BYTES) this.#take(MAX_KEPT_BYTES)
    return this
  }

  #grow(needed: number): void {
    const before = this.buffer
    this.#take(Math.max(needed, before.length * 2))
    before.copy(this.buffer, 0, 0, this.offset)
  }

  #take(capacity: number): void {
    this.buffer = Buffer.allocUnsafeSlow(capacity)
    this.view = viewOf(this.buffer)
  }
}

/** The error for bytes that cannot be a Kafka message. */
export function corrupt(message: string): KaasError {
  return new KaasError('frame-corrupt', {
    message,
    help: 'Check that the sender speaks the Kafka protocol on this port, and without anything in between that changes bytes.',
  })
}

function truncated(reader: Reader, length: number): KaasError {
  return corrupt(`${length} bytes are needed at offset ${reader.offset}, but only ${reader.end - reader.offset} are left.`)
}

function unfit(value: unknown, type: string): KaasError {
  return new KaasError('internal-bug', { message: `${value} is no ${type}.` })
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
