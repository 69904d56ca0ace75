// SPDX-License-Identifier: Apache-2.0
/** Random numbers that come again with the same seed (xorshift32), fast enough for millions of frames. */

/** A whole number from 0 to `below` - 1. */
export type RandomNumber = (below: number) => number

/** The numbers of `seed`, any whole number but 0 in 32 bits. */
export function randomNumbers(seed: number): RandomNumber {
  let state = seed | 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}
