// SPDX-License-Identifier: Apache-2.0
/** One snappy block: its unpacked length, then literals and copies (snappy format description of 2011). */
import { corrupt } from '../corrupt.ts'
import { findRepeats } from './find-repeats.ts'
import { Output } from './output.ts'

/** A copy of three bytes makes 64 at most, so no block unpacks to more than this many times its size. */
const MOST_RATIO = 22
const LONGEST_COPY = 64

/** Unpacks a whole block. Throws `frame-corrupt`, also when the length is not the one it claims. */
export function unpackSnappyBlock(bytes: Buffer, mostBytes: number): Buffer {
  const { value: length, end: first } = lengthOf(bytes)
  if (length > mostBytes || length > bytes.length * MOST_RATIO) throw corrupt(`A snappy block claims ${length} bytes.`)
  const output = new Output(length, length)
  for (let at = first; at < bytes.length; ) at = unpackElement(bytes, at, output)
  if (output.length !== length) throw corrupt(`A snappy block claims ${length} bytes and has ${output.length}.`)
  return output.finish()
}

/** The packed block of what is between `start` and `end`, at most 64 KiB. */
export function packSnappyBlock(bytes: Buffer, start: number, end: number): Buffer {
  const size = end - start
  const packed = Buffer.allocUnsafe(size + Math.ceil(size / 6) + 32)
  let to = 0
  for (let left = size; ; left >>>= 7) {
    packed[to++] = left < 128 ? left : (left & 127) | 128
    if (left < 128) break
  }
  const writeLiterals = (from: number, until: number) => {
    const count = until - from - 1
    if (count < 0) return
    if (count < 60) packed[to++] = count << 2
    else if (count < 256) to = packed.writeUInt8(count, packed.writeUInt8(60 << 2, to))
    else to = packed.writeUInt16LE(count, packed.writeUInt8(61 << 2, to))
    to += bytes.copy(packed, to, from, until)
  }
  const rest = findRepeats(bytes, start, end, (from, until, distance, length) => {
    writeLiterals(from, until)
    for (let left = length; left > 0; left -= LONGEST_COPY) {
      packed[to++] = ((Math.min(left, LONGEST_COPY) - 1) << 2) | 2
      to = packed.writeUInt16LE(distance, to)
    }
  })
  writeLiterals(rest, end)
  return packed.subarray(0, to)
}

function lengthOf(bytes: Buffer): { readonly value: number; readonly end: number } {
  let value = 0
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[index]
    if (byte === undefined) break
    value += (byte & 127) * 2 ** (7 * index)
    if (byte < 128) return { value, end: index + 1 }
  }
  throw corrupt('A snappy block does not begin with a length.')
}

function unpackElement(bytes: Buffer, start: number, output: Output): number {
  const tag = bytes[start] as number
  const kind = tag & 3
  if (kind === 0) return unpackLiteral(bytes, start, tag >>> 2, output)
  const extra = kind === 1 ? 1 : kind === 2 ? 2 : 4
  const end = start + 1 + extra
  if (end > bytes.length) throw corrupt('A snappy block ends within a copy.')
  if (kind === 1) output.repeat(((tag >>> 5) << 8) | (bytes[start + 1] as number), ((tag >>> 2) & 7) + 4)
  else output.repeat(bytes.readUIntLE(start + 1, extra), (tag >>> 2) + 1)
  return end
}

function unpackLiteral(bytes: Buffer, start: number, code: number, output: Output): number {
  const extra = Math.max(0, code - 59)
  const from = start + 1 + extra
  if (from > bytes.length) throw corrupt('A snappy block ends within a length.')
  const length = (extra === 0 ? code : bytes.readUIntLE(start + 1, extra)) + 1
  if (from + length > bytes.length) throw corrupt('A snappy block ends within its literals.')
  output.literal(bytes, from, from + length)
  return from + length
}
