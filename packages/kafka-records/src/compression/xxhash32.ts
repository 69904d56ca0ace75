// SPDX-License-Identifier: Apache-2.0
/** xxHash of 32 bits with seed 0, for fewer than 16 bytes: enough for the header of an lz4 frame. */

const PRIME_2 = 2246822519
const PRIME_3 = 3266489917
const PRIME_4 = 668265263
const PRIME_5 = 374761393
const PRIME_1 = 2654435761

/** The hash, unsigned. Throws RangeError for 16 bytes or more. */
export function xxhash32(bytes: Uint8Array): number {
  if (bytes.length >= 16) throw new RangeError('xxhash32 is here for fewer than 16 bytes.')
  let hash = (PRIME_5 + bytes.length) | 0
  let at = 0
  for (; at + 4 <= bytes.length; at += 4) {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    hash = Math.imul(turn((hash + Math.imul(word, PRIME_3)) | 0, 17), PRIME_4)
  }
  for (; at < bytes.length; at += 1) {
    hash = Math.imul(turn((hash + Math.imul(bytes[at] as number, PRIME_5)) | 0, 11), PRIME_1)
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME_2)
  hash = Math.imul(hash ^ (hash >>> 13), PRIME_3)
  return (hash ^ (hash >>> 16)) >>> 0
}

function turn(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}
