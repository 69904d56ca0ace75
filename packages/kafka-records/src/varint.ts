// SPDX-License-Identifier: Apache-2.0
/** Variable-length integers of records: zigzag, seven bits per byte, least significant first. */
import { corrupt } from './corrupt.ts'

/** Where the next read begins. One per batch, so that reading makes no objects. */
export interface Cursor {
  readonly bytes: Buffer
  at: number
  /** The first byte that is not the reader's. */
  end: number
}

/** A 32-bit integer; throws `frame-corrupt` beyond `end` and for more bits. */
export function readVarint(cursor: Cursor): number {
  const { bytes, end } = cursor
  let value = 0
  for (let shift = 0; shift <= 28; shift += 7) {
    if (cursor.at >= end) throw corrupt('A record ends within a number.')
    const byte = bytes[cursor.at++] as number
    value |= (byte & 0x7f) << shift
    if (byte < 0x80) return (value >>> 1) ^ -(value & 1)
  }
  throw corrupt('A number of a record has more than 32 bits.')
}

/** A 64-bit integer as a number; what is beyond 2^53 loses its last bits. */
export function readVarlong(cursor: Cursor): number {
  const { bytes, end } = cursor
  let low = 0
  let factor = 1
  for (let count = 0; count < 10; count += 1) {
    if (cursor.at >= end) throw corrupt('A record ends within a number.')
    const byte = bytes[cursor.at++] as number
    low += (byte & 0x7f) * factor
    if (byte < 0x80) return low % 2 === 0 ? low / 2 : -(low + 1) / 2
    factor *= 128
  }
  throw corrupt('A number of a record has more than 64 bits.')
}

/** Bytes that `value` takes. */
export function varintBytes(value: number): number {
  let zigzag = value < 0 ? -2 * value - 1 : 2 * value
  let count = 1
  for (; zigzag >= 128; count += 1) zigzag = Math.floor(zigzag / 128)
  return count
}

/** Writes a safe integer and returns where it ends. */
export function writeVarint(bytes: Buffer, at: number, value: number): number {
  let zigzag = value < 0 ? -2 * value - 1 : 2 * value
  let next = at
  for (; zigzag >= 128; zigzag = Math.floor(zigzag / 128)) bytes[next++] = (zigzag % 128) | 0x80
  bytes[next++] = zigzag
  return next
}
