// SPDX-License-Identifier: Apache-2.0
/** CRC-32C (Castagnoli), the checksum of record batches, eight bytes at a time. */

const POLYNOMIAL = 0x82f63b78
const TABLES = tables()

/** The checksum of `bytes`, as an unsigned number. */
export function crc32c(bytes: Uint8Array): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES
  let crc = -1
  let at = 0
  const whole = bytes.length - (bytes.length % 8)
  for (; at < whole; at += 8) {
    const low =
      crc ^
      ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24))
    crc =
      (t7[low & 0xff] as number) ^
      (t6[(low >>> 8) & 0xff] as number) ^
      (t5[(low >>> 16) & 0xff] as number) ^
      (t4[low >>> 24] as number) ^
      (t3[bytes[at + 4] as number] as number) ^
      (t2[bytes[at + 5] as number] as number) ^
      (t1[bytes[at + 6] as number] as number) ^
      (t0[bytes[at + 7] as number] as number)
  }
  for (; at < bytes.length; at += 1) crc = (crc >>> 8) ^ (t0[(crc ^ (bytes[at] as number)) & 0xff] as number)
  return ~crc >>> 0
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
