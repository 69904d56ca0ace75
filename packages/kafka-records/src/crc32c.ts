// SPDX-License-Identifier: Apache-2.0
/** CRC-32C (Castagnoli), the checksum of record batches. */

const POLYNOMIAL = 0x82f63b78
const TABLES = tables()
const LOWEST_BYTE_FIRST = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

/** The checksum of `bytes`, as an unsigned number. */
export function crc32c(bytes: Uint8Array): number {
  // Whole words are read where the memory is aligned for them, which halves the time.
  const first = Math.min(bytes.length, (4 - (bytes.byteOffset & 3)) & 3)
  const wordCount = LOWEST_BYTE_FIRST ? ((bytes.length - first) >> 3) << 1 : 0
  const words = new Int32Array(bytes.buffer, wordCount === 0 ? 0 : bytes.byteOffset + first, wordCount)
  const crc = byWords(byBytes(-1, bytes, 0, first), words)
  return ~byBytes(crc, bytes, first + wordCount * 4, bytes.length) >>> 0
}

function byBytes(start: number, bytes: Uint8Array, from: number, to: number): number {
  const [table] = TABLES
  let crc = start
  for (let at = from; at < to; at += 1) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[at] as number)) & 0xff] as number)
  return crc
}

/** Two words at a time, for machines that keep the lowest byte first. */
function byWords(start: number, words: Int32Array): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES
  let crc = start
  for (let at = 0; at < words.length; at += 2) {
    const low = crc ^ (words[at] as number)
    const high = words[at + 1] as number
    crc =
      (t7[low & 0xff] as number) ^
      (t6[(low >>> 8) & 0xff] as number) ^
      (t5[(low >>> 16) & 0xff] as number) ^
      (t4[low >>> 24] as number) ^
      (t3[high & 0xff] as number) ^
      (t2[(high >>> 8) & 0xff] as number) ^
      (t1[(high >>> 16) & 0xff] as number) ^
      (t0[high >>> 24] as number)
  }
  return crc
}

type Tables = readonly [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array]

function tables(): Tables {
  const all = Array.from({ length: 8 }, () => new Int32Array(256))
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
    ;(all[0] as Int32Array)[byte] = crc
  }
  // The table of one byte must be whole before the others are made from it.
  for (let index = 1; index < 8; index += 1) {
    const [first, before, table] = [all[0], all[index - 1], all[index]] as [Int32Array, Int32Array, Int32Array]
    for (let byte = 0; byte < 256; byte += 1) {
      const crc = before[byte] as number
      table[byte] = (crc >>> 8) ^ (first[crc & 0xff] as number)
    }
  }
  return all as unknown as Tables
}
