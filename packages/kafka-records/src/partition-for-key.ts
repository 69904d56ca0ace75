// SPDX-License-Identifier: Apache-2.0
/** Where Kafka's own clients send a record with a key: murmur2 of the key, modulo the partitions. */

const SEED = 0x9747b28c
const M = 0x5bd1e995

/** From 0 to `partitions` - 1, as Java's producer chooses by default. */
export function partitionForKey(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions
}

function murmur2(bytes: Uint8Array): number {
  let hash = SEED ^ bytes.length
  let at = 0
  for (; at + 4 <= bytes.length; at += 4) {
    let word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    word = Math.imul(word, M)
    word ^= word >>> 24
    hash = Math.imul(hash, M) ^ Math.imul(word, M)
  }
  const left = bytes.length - at
  if (left >= 3) hash ^= (bytes[at + 2] as number) << 16
  if (left >= 2) hash ^= (bytes[at + 1] as number) << 8
  if (left >= 1) hash = Math.imul(hash ^ (bytes[at] as number), M)
  hash ^= hash >>> 13
  hash = Math.imul(hash, M)
  return hash ^ (hash >>> 15)
}
