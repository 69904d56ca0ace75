// SPDX-License-Identifier: Apache-2.0
/**
 * lz4 frames (LZ4 Frame Format 1.6). Read: everything that clients of Kafka write, which is every option but dictionaries. Written:
 * what Java's client writes, independent blocks of at most 64 KiB. Checksums of blocks and content are passed over: the batch has one.
 */
import { corrupt } from '../corrupt.ts'
import { packLz4Block, unpackLz4Block } from './lz4-block.ts'
import { Output } from './output.ts'
import { xxhash32 } from './xxhash32.ts'

const MAGIC = 0x184d2204
const VERSION = 0x40
const INDEPENDENT = 0x20
const BLOCK_CHECKSUM = 0x10
const CONTENT_SIZE = 0x08
const CONTENT_CHECKSUM = 0x04
const DICTIONARY = 0x01
const STORED = 0x80000000
const BLOCK_BYTES = 64 * 1024
/** The code of 64 KiB in the frame's header. */
const BLOCK_BYTES_CODE = 0x40

/** What the frames in `bytes` hold. Throws `frame-corrupt`. */
export function unpackLz4(bytes: Buffer, mostBytes: number): Buffer {
  const output = new Output(mostBytes, Math.max(64 * 1024, bytes.length * 4))
  for (let at = 0; at < bytes.length; ) at = unpackFrame(bytes, at, output)
  return output.finish()
}

/** One frame. */
export function packLz4(bytes: Buffer): Buffer {
  const header = Buffer.alloc(7)
  header.writeUInt32LE(MAGIC, 0)
  header[4] = VERSION | INDEPENDENT
  header[5] = BLOCK_BYTES_CODE
  header[6] = (xxhash32(header.subarray(4, 6)) >>> 8) & 0xff
  const parts: Buffer[] = [header]
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    const end = Math.min(at + BLOCK_BYTES, bytes.length)
    const packed = packLz4Block(bytes, at, end)
    const stored = packed.length >= end - at
    const length = Buffer.alloc(4)
    length.writeUInt32LE(stored ? (end - at + STORED) >>> 0 : packed.length)
    parts.push(length, stored ? bytes.subarray(at, end) : packed)
  }
  parts.push(Buffer.alloc(4))
  return Buffer.concat(parts)
}

function unpackFrame(bytes: Buffer, start: number, output: Output): number {
  if (start + 7 > bytes.length || bytes.readUInt32LE(start) !== MAGIC) throw corrupt('An lz4 frame does not begin like one.')
  const flags = bytes[start + 4] as number
  if ((flags & 0xc0) !== VERSION) throw corrupt('An lz4 frame has an unknown version.')
  if (flags & DICTIONARY) throw corrupt('An lz4 frame needs a dictionary, which Kafka does not know.')
  const headerEnd = start + 6 + (flags & CONTENT_SIZE ? 8 : 0)
  if (headerEnd >= bytes.length || bytes[headerEnd] !== ((xxhash32(bytes.subarray(start + 4, headerEnd)) >>> 8) & 0xff)) {
    throw corrupt('The header of an lz4 frame has a wrong checksum.')
  }
  let at = headerEnd + 1
  for (;;) {
    const size = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : undefined
    if (size === undefined) throw corrupt('An lz4 frame has no end.')
    at += 4
    if (size === 0) return at + (flags & CONTENT_CHECKSUM ? 4 : 0)
    const end = at + (size & ~STORED)
    if (end > bytes.length) throw corrupt('An lz4 block is cut short.')
    if (size >= STORED) output.literal(bytes, at, end)
    else unpackLz4Block(bytes, at, end, output)
    at = end + (flags & BLOCK_CHECKSUM ? 4 : 0)
  }
}
