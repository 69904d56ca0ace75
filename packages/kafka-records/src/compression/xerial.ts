// SPDX-License-Identifier: Apache-2.0
/** snappy as Kafka has it: the frame of snappy-java ("xerial") round blocks. Some clients send one bare block; both are read. */
import { corrupt } from '../corrupt.ts'
import { packSnappyBlock, unpackSnappyBlock } from './snappy-block.ts'

const MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00])
/** Magic, version, and the version that readers must know. */
const HEADER_BYTES = 16
const BLOCK_BYTES = 32 * 1024

/** What is in the frame or block. Throws `frame-corrupt`. */
export function unpackXerial(bytes: Buffer, mostBytes: number): Buffer {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC))
    return unpackSnappyBlock(bytes, mostBytes)
  const parts: Buffer[] = []
  let left = mostBytes
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    const length = at + 4 <= bytes.length ? bytes.readInt32BE(at) : -1
    const end = at + 4 + length
    if (length <= 0 || end > bytes.length) throw corrupt('A snappy frame is cut short.')
    const part = unpackSnappyBlock(bytes.subarray(at + 4, end), left)
    left -= part.length
    parts.push(part)
    at = end
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
}

/** One frame. */
export function packXerial(bytes: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  MAGIC.copy(header)
  header.writeInt32BE(1, 8)
  header.writeInt32BE(1, 12)
  const parts: Buffer[] = [header]
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    const block = packSnappyBlock(bytes, at, Math.min(at + BLOCK_BYTES, bytes.length))
    const length = Buffer.alloc(4)
    length.writeInt32BE(block.length)
    parts.push(length, block)
  }
  return Buffer.concat(parts)
}
