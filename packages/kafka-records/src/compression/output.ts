// SPDX-License-Identifier: Apache-2.0
/** Where unpacked bytes go: grows as needed, never beyond its bound, and copies from what it already holds. */
import { corrupt } from '../corrupt.ts'

const FIRST_BYTES = 64 * 1024

/** One per unpacking. */
export class Output {
  readonly #mostBytes: number
  #bytes: Buffer
  #length = 0

  /** `hint` is the size that is expected. */
  constructor(mostBytes: number, hint = FIRST_BYTES) {
    this.#mostBytes = mostBytes
    this.#bytes = Buffer.allocUnsafe(Math.min(hint, mostBytes))
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length
  }

  /** Takes over `source` from `start` to `end`, which the caller has checked. */
  literal(source: Buffer, start: number, end: number): void {
    this.#reserve(end - start)
    source.copy(this.#bytes, this.#length, start, end)
    this.#length += end - start
  }

  /** Repeats `length` bytes from `distance` back; they may overlap what is being written. Throws `frame-corrupt` before the start. */
  repeat(distance: number, length: number): void {
    if (distance <= 0 || distance > this.#length) throw corrupt('A compressed batch refers to bytes before its start.')
    this.#reserve(length)
    const bytes = this.#bytes
    let to = this.#length
    let from = to - distance
    this.#length = to + length
    if (distance >= length) bytes.copyWithin(to, from, from + length)
    else if (distance === 1) bytes.fill(bytes[from] as number, to, to + length)
    else for (const end = to + length; to < end; ) bytes[to++] = bytes[from++] as number
  }

  /** All of it. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed > this.#mostBytes) throw corrupt(`A compressed batch unpacks to more than ${this.#mostBytes} bytes.`)
    if (needed <= this.#bytes.length) return
    const bytes = Buffer.allocUnsafe(Math.min(this.#mostBytes, Math.max(needed, this.#bytes.length * 2)))
    this.#bytes.copy(bytes, 0, 0, this.#length)
    this.#bytes = bytes
  }
}
