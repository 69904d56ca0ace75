// SPDX-License-Identifier: Apache-2.0
/** One lz4 block: sequences of a token, literals, and a repeat (LZ4 Block Format). */
import { corrupt } from '../corrupt.ts'
import { findRepeats } from './find-repeats.ts'
import type { Output } from './output.ts'

const SHORTEST = 4

/** Unpacks what is between `start` and `end` behind what `output` holds. Throws `frame-corrupt`. */
export function unpackLz4Block(bytes: Buffer, start: number, end: number, output: Output): void {
  let at = start
  const more = (first: number): number => {
    let length = first
    for (let byte = 255; first === 15 && byte === 255; length += byte) {
      if (at >= end) throw corrupt('An lz4 block ends within a length.')
      byte = bytes[at++] as number
    }
    return length
  }
  while (at < end) {
    const token = bytes[at++] as number
    const literals = more(token >>> 4)
    if (at + literals > end) throw corrupt('An lz4 block ends within its literals.')
    output.literal(bytes, at, at + literals)
    at += literals
    if (at === end) return
    if (at + 2 > end) throw corrupt('An lz4 block ends within a distance.')
    const distance = bytes.readUInt16LE(at)
    at += 2
    output.repeat(distance, more(token & 15) + SHORTEST)
  }
}

/** The packed block of what is between `start` and `end`. */
export function packLz4Block(bytes: Buffer, start: number, end: number): Buffer {
  const size = end - start
  const packed = Buffer.allocUnsafe(size + Math.ceil(size / 255) + 16)
  let to = 0
  const writeMore = (length: number) => {
    if (length < 15) return
    let left = length - 15
    for (; left >= 255; left -= 255) packed[to++] = 255
    packed[to++] = left
  }
  const writeLiterals = (from: number, until: number, repeat: number) => {
    packed[to++] = (Math.min(until - from, 15) << 4) | Math.min(repeat, 15)
    writeMore(until - from)
    to += bytes.copy(packed, to, from, until)
  }
  const rest = findRepeats(bytes, start, end, (from, until, distance, length) => {
    writeLiterals(from, until, length - SHORTEST)
    to = packed.writeUInt16LE(distance, to)
    writeMore(length - SHORTEST)
  })
  writeLiterals(rest, end, 0)
  return packed.subarray(0, to)
}
