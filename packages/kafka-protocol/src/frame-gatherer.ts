// SPDX-License-Identifier: Apache-2.0
/** Gathers whole frames from a byte stream, for those who decode every frame. Holds at most one unfinished frame, and refuses a length beyond its bound at once. */
import { corrupt } from './bytes.ts'

/** Kafka's own `socket.request.max.bytes`. */
export const DEFAULT_MAX_FRAME_BYTES = 104_857_600

const LENGTH_BYTES = 4

/** Give it chunks as they come. One per direction of a connection. */
export class FrameGatherer {
  readonly #maxFrameBytes: number
  #pending: Buffer[] = []
  #pendingBytes = 0

  constructor(maxFrameBytes = DEFAULT_MAX_FRAME_BYTES) {
    this.#maxFrameBytes = maxFrameBytes
  }

  /** How many bytes wait for the rest of their frame. */
  get pendingBytes(): number {
    return this.#pendingBytes
  }

  /**
   * The frames that this chunk completes, without their length bytes: slices of the chunk where a frame lies in one chunk. Throws
   * `frame-corrupt` for a length that is negative or too large; the stream is then lost, so close the connection.
   */
  push(chunk: Buffer): Buffer[] {
    this.#pending.push(chunk)
    this.#pendingBytes += chunk.length
    const frames: Buffer[] = []
    for (let length = this.#nextLength(); this.#pendingBytes >= length + LENGTH_BYTES; length = this.#nextLength()) {
      const bytes = this.#join()
      frames.push(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length))
      this.#keep(bytes.subarray(LENGTH_BYTES + length))
    }
    return frames
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
