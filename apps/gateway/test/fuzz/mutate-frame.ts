// SPDX-License-Identifier: Apache-2.0
/** What can happen to a frame: bits turn, lengths lie, pieces go missing, come twice or come from another frame. */
import type { RandomNumber } from './random-numbers.ts'

/** Numbers that lengths, counts and versions are tried with. */
const TEMPTING = [0, 1, -1, 0x7f, 0x80, 0xff, 0x7fff, -0x8000, 0xffff, 0x7fffffff, -0x80000000, 1000, 0x01000000]

type Mutation = (frame: Buffer, random: RandomNumber, other: Buffer) => Buffer

const MUTATIONS: readonly Mutation[] = [
  (frame, random) => changed(frame, (copy) => copy.writeUInt8(random(256), random(copy.length))),
  (frame, random) =>
    changed(frame, (copy) => {
      const at = random(copy.length)
      copy.writeUInt8((copy[at] ?? 0) ^ (1 << random(8)), at)
    }),
  (frame, random) =>
    changed(frame, (copy) => {
      if (copy.length >= 4) copy.writeInt32BE((TEMPTING[random(TEMPTING.length)] ?? 0) | 0, random(copy.length - 3))
    }),
  (frame, random) =>
    changed(frame, (copy) => {
      if (copy.length >= 2) copy.writeUInt16BE((TEMPTING[random(TEMPTING.length)] ?? 0) & 0xffff, random(copy.length - 1))
    }),
  (frame, random) => frame.subarray(0, random(frame.length)),
  (frame, random) => {
    const at = random(frame.length)
    return Buffer.concat([frame.subarray(0, at), frame.subarray(Math.min(at + 1 + random(8), frame.length))])
  },
  (frame, random) => {
    const at = random(frame.length)
    return Buffer.concat([frame.subarray(0, at), frame.subarray(at, at + random(64)), frame.subarray(at)])
  },
  (frame, random, other) => Buffer.concat([frame.subarray(0, random(frame.length)), other.subarray(random(other.length))]),
  // A variable-length integer that never ends.
  (frame, random) => changed(frame, (copy) => copy.fill(0xff, random(copy.length))),
]

/** `frame` with one to four mutations. The frame itself stays; `other` lends pieces. */
export function mutateFrame(frame: Buffer, random: RandomNumber, other: Buffer): Buffer {
  let mutated = frame
  for (let left = 1 + random(4); left > 0 && mutated.length > 0; left -= 1) {
    mutated = MUTATIONS[random(MUTATIONS.length)]?.(mutated, random, other) ?? mutated
  }
  return mutated
}

function changed(frame: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(frame)
  change(copy)
  return copy
}
