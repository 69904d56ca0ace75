// SPDX-License-Identifier: Apache-2.0
/** Gathers whole frames from a byte stream, for those who decode every frame. Holds at most one unfinished frame, and refuses a length beyond its bound at once. */
import { corrupt } from './bytes.ts'

/** Kafka's own `socket.request.max.bytes`. */
export const DEFAULT_MAX_FRAME_BYTES = 104_857_600

const LENGTH_BYTES = 4
/** An unfinished frame up to this gets its memory at once; a larger one only when its bytes are there, as the length is only a claim. */
export const PLANNED_BYTES = 8 * 1024 * 1024

/** Give it chunks as they come. One per direction of a connection. */
export class FrameGatherer {
  readonly #maxFrameBytes: number
  /** The frame whose bytes come into memory of its own, and how many have come; chunks need not be kept until it is whole. */
  #planned: Buffer | undefined
  #filled = 0
  #copied = false
  #pending: Buffer[] = []
  #pendingBytes = 0

  constructor(maxFrameBytes = DEFAULT_MAX_FRAME_BYTES) {
    this.#maxFrameBytes = maxFrameBytes
  }

  /** How many bytes wait for the rest of their frame. */
  get pendingBytes(): number {
    return this.#planned === undefined ? this.#pendingBytes : this.#filled + LENGTH_BYTES
  }

  /** Whether all of the chunk before went into memory of its own: nothing refers to the chunk then. */
  get copied(): boolean {
    return this.#copied
  }

  /**
   * The frames that this chunk completes, without their length bytes: slices of the chunk where a frame lies in one chunk. A frame of
   * more than a chunk and at most `PLANNED_BYTES` has its memory for itself. Throws `frame-corrupt` for a length that is negative or too large; the stream is then lost, so close the connection.
   */
  push(chunk: Buffer): Buffer[] {
    const frames: Buffer[] = []
    const rest = this.#fill(chunk, frames)
    this.#copied = rest.length === 0
    if (this.#copied) return frames
    this.#pending.push(rest)
    this.#pendingBytes += rest.length
    let length = this.#nextLength()
    for (; this.#pendingBytes >= length + LENGTH_BYTES; length = this.#nextLength()) {
      const bytes = this.#join()
      frames.push(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length))
      this.#keep(bytes.subarray(LENGTH_BYTES + length))
    }
    if (length <= PLANNED_BYTES) this.#plan(length)
    return frames
  }

  /** Puts into the planned frame what is its own; returns what is left of the chunk. */
  #fill(chunk: Buffer, frames: Buffer[]): Buffer {
    const planned = this.#planned
    if (planned === undefined) return chunk
    const count = chunk.copy(planned, this.#filled)
    this.#filled += count
    if (this.#filled === planned.length) {
      frames.push(planned)
      this.#planned = undefined
    }
    return chunk.subarray(count)
  }

  #plan(length: number): void {
    const begun = this.#join()
    this.#planned = Buffer.allocUnsafeSlow(length)
    this.#filled = begun.copy(this.#planned, 0, LENGTH_BYTES)
    this.#keep(begun.subarray(begun.length))
  }

  /** The length of the frame that waits, or Infinity when not even its length has come. */
  #nextLength(): number {
    if (this.#pendingBytes < LENGTH_BYTES) return Number.POSITIVE_INFINITY
    const first = this.#pending[0] as Buffer
    const length = (first.length >= LENGTH_BYTES ? first : this.#join()).readInt32BE(0)
    if (length < 0 || length > this.#maxFrameBytes) {
      throw corrupt(`A frame claims ${length} bytes; between 0 and ${this.#maxFrameBytes} are allowed.`)
    }
    return length
  }

  #join(): Buffer {
    const bytes =
      this.#pending.length === 1 ? (this.#pending[0] as Buffer) : Buffer.concat(this.#pending, this.#pendingBytes)
    this.#keep(bytes)
    return bytes
  }

  #keep(rest: Buffer): void {
    this.#pending = rest.length === 0 ? [] : [rest]
    this.#pendingBytes = rest.length
  }
}
