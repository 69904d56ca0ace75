// SPDX-License-Identifier: Apache-2.0
/** A cursor for the binary formats of values, bounded by the bytes that are there and by a number of steps. */

/** More values than this in one record are refused: a few bytes can claim billions of empty ones. */
const MOST_STEPS = 1_000_000
/** Deeper than any sensible schema, shallow enough for the stack. */
const DEEPEST = 100

/** One per value. Its failures are plain errors whose message says what does not fit; the caller shows it. */
export class ByteReader {
  readonly bytes: Buffer
  at: number
  end: number
  #steps = 0
  #depth = 0

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes
    this.at = at
    this.end = bytes.length
  }

  /** Where the next `length` bytes begin; moves past them. */
  take(length: number): number {
    const at = this.at
    if (length < 0 || at + length > this.end) throw new Error(`it ends after ${this.end} bytes where more are needed`)
    this.at = at + length
    return at
  }

  slice(length: number): Buffer {
    const at = this.take(length)
    return this.bytes.subarray(at, at + length)
  }

  /** An unsigned variable-length integer of at most 64 bits. */
  uvarint(): bigint {
    let low = 0
    let factor = 1
    for (let index = 0; index < 7; index += 1) {
      const byte = this.bytes[this.take(1)] as number
      low += (byte & 0x7f) * factor
      if (byte < 0x80) return BigInt(low)
      factor *= 128
    }
    let value = BigInt(low)
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.take(1)] as number
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    throw new Error('a variable-length integer has more than 64 bits')
  }

  /** A signed one, zigzag. */
  varint(): bigint {
    const value = this.uvarint()
    return (value >> 1n) ^ -(value & 1n)
  }

  /** A length; throws when fewer bytes are left. */
  length(value: bigint): number {
    if (value < 0n || value > BigInt(this.end - this.at)) throw new Error(`it claims a length of ${value} bytes`)
    return Number(value)
  }

  /** Counts a value, so that a few bytes cannot stand for endless ones. */
  step(): void {
    this.#steps += 1
    if (this.#steps > MOST_STEPS) throw new Error(`it has more than ${MOST_STEPS} values`)
  }

  /** Runs `inner` one level deeper. */
  deeper<T>(inner: () => T): T {
    this.#depth += 1
    if (this.#depth > DEEPEST) throw new Error(`it is nested deeper than ${DEEPEST} levels`)
    const value = inner()
    this.#depth -= 1
    return value
  }
}

/** A number where one is exact, else the bigint. */
export function smallest(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
