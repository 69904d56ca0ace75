// SPDX-License-Identifier: Apache-2.0
/** Finds what repeats, for the two compressions that are here: greedy, by a table of the last place of each four bytes. */

/** Bytes from `literalStart` to `literalEnd` as they are, then `length` bytes from `distance` back. */
export type TakeRepeat = (literalStart: number, literalEnd: number, distance: number, length: number) => void

const TABLE_BITS = 13
const FARTHEST = 65_535
const SHORTEST = 4
/** lz4 wants the last twelve bytes free of the start of a repeat, and the last five free of any part of one. */
const QUIET_END = 12
const LITERAL_END = 5

/** Calls `take` for each repeat within `start` to `end`; returns where the rest begins, which is to be taken as it is. */
export function findRepeats(bytes: Buffer, start: number, end: number, take: TakeRepeat): number {
  const table = new Int32Array(1 << TABLE_BITS).fill(-1)
  let anchor = start
  for (let at = start; at < end - QUIET_END; ) {
    const word = bytes.readInt32LE(at)
    const slot = Math.imul(word, -1640531535) >>> (32 - TABLE_BITS)
    const candidate = table[slot] as number
    table[slot] = at
    if (candidate < 0 || at - candidate > FARTHEST || bytes.readInt32LE(candidate) !== word) {
      // What has not repeated for long is looked at less closely.
      at += 1 + ((at - anchor) >> 6)
      continue
    }
    const length = repeatLength(bytes, candidate, at, end - LITERAL_END)
    take(anchor, at, at - candidate, length)
    at += length
    anchor = at
  }
  return anchor
}

function repeatLength(bytes: Buffer, candidate: number, at: number, end: number): number {
  let length = SHORTEST
  while (at + length < end && bytes[candidate + length] === bytes[at + length]) length += 1
  return length
}
