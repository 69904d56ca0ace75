// SPDX-License-Identifier: Apache-2.0
/**
 * Cuts a stream of bytes into Kafka frames: an int32 length, then that many bytes. The consumer sees the first bytes of a
 * frame and chooses: whole (it will be decoded) or in pieces (it only passes, so nothing is gathered or copied). Knows
 * nothing of what is inside a frame.
 */
import { KaasError } from '@kaas/errors'
import { bytesAllocated } from './young-memory.ts'

/** Bytes of the length that comes before every frame. */
export const LENGTH_BYTES = 4

/** How a frame is wanted: `whole` as one buffer, or `pieces` as the bytes come in. */
export type Delivery = 'whole' | 'pieces'

/** Takes what the splitter cuts. Whole frames belong to the consumer; pieces are overwritten when it returns. */
export interface FrameConsumer {
  /**
   * A frame begins. `start` holds what has come of it, its length first: at least `headBytes` more bytes, or all of it when it is
   * shorter. The same bytes come again in the whole frame or in the first piece.
   */
  begin(start: Buffer): Delivery
  /** A whole frame, with its length in front. */
  whole(frame: Buffer): void
  /** The next bytes of a frame in pieces; the first begin with the length. `last` ends the frame. */
  piece(bytes: Buffer, last: boolean): void
}

/** Cuts one direction of one connection. `hold` may be called from inside the consumer: nothing more is cut until `release`. */
export class FrameSplitter {
  readonly #consumer: FrameConsumer
  readonly #headBytes: number
  /** Bytes not cut yet: what came while held, and the beginning of a frame that is still too short to decide. */
  readonly #waiting: Buffer[] = []
  /** What a whole frame is gathered from when it does not fit into one chunk. */
  #parts: Buffer[] = []
  #delivery: Delivery = 'whole'
  /** Bytes of the current frame that have not come yet; 0 between frames. */
  #missing = 0
  #held = false
  #cutting = false
  #limitBytes: number

  /**
   * `headBytes` is what `begin` needs to see behind the length. What is pushed is overwritten afterwards: whole frames and what waits
   * are copied, pieces are handed on as they are.
   */
  constructor(consumer: FrameConsumer, headBytes: number, limitBytes: number) {
    this.#consumer = consumer
    this.#headBytes = headBytes
    this.#limitBytes = limitBytes
  }

  /** The longest frame taken from now on, in bytes without the length. */
  set limitBytes(limit: number) {
    this.#limitBytes = limit
  }

  /** Whether a frame has begun and not ended: the peer owes bytes. */
  get isInsideFrame(): boolean {
    return this.#missing > 0 || (this.#waiting.length > 0 && !this.#held)
  }

  /** Cuts `chunk`, which is its owner's again when this returns. Throws `frame-corrupt` when a length is negative or above the limit; the connection is of no use then. */
  push(chunk: Buffer): void {
    this.#waiting.push(chunk)
    this.#cut()
    const rest = this.#waiting.at(-1)
    if (rest !== undefined) this.#waiting[this.#waiting.length - 1] = owned(rest)
  }

  /** Stops cutting after the current call of the consumer. Bytes that still come are kept: stop reading the socket as well. */
  hold(): void {
    this.#held = true
  }

  /** Goes on with what was kept. Throws as `push` does. */
  release(): void {
    this.#held = false
    this.#cut()
  }

  #cut(): void {
    if (this.#cutting) return
    this.#cutting = true
    try {
      while (!this.#held && this.#cutNext()) {}
    } finally {
      this.#cutting = false
    }
  }

  /** Makes one call of the consumer's choice of `whole` or `piece`, or gathers. False when more bytes are needed first. */
  #cutNext(): boolean {
    const chunk = this.#waiting[0]
    if (chunk === undefined) return false
    if (this.#missing > 0) {
      this.#continueFrame(this.#take(chunk, Math.min(chunk.length, this.#missing)))
      return true
    }
    const length = chunk.length < LENGTH_BYTES ? 0 : this.#checkedLength(chunk.readInt32BE(0))
    const headEnd = LENGTH_BYTES + Math.min(length, this.#headBytes)
    if (chunk.length < headEnd) return this.#joinFirstTwo(chunk)
    const end = LENGTH_BYTES + length
    this.#beginFrame(this.#take(chunk, Math.min(chunk.length, end)), end)
    return true
  }

  #take(chunk: Buffer, count: number): Buffer {
    if (count === chunk.length) {
      this.#waiting.shift()
      return chunk
    }
    this.#waiting[0] = chunk.subarray(count)
    return chunk.subarray(0, count)
  }

  #joinFirstTwo(first: Buffer): boolean {
    const second = this.#waiting[1]
    if (second === undefined) return false
    this.#waiting.splice(0, 2, Buffer.concat([first, second]))
    return true
  }

  #beginFrame(bytes: Buffer, end: number): void {
    this.#missing = end - bytes.length
    this.#delivery = this.#consumer.begin(bytes)
    if (this.#delivery === 'pieces') this.#consumer.piece(bytes, this.#missing === 0)
    else if (this.#missing === 0) this.#consumer.whole(owned(bytes))
    else this.#parts.push(owned(bytes))
  }

  #continueFrame(bytes: Buffer): void {
    this.#missing -= bytes.length
    if (this.#delivery === 'pieces') {
      this.#consumer.piece(bytes, this.#missing === 0)
      return
    }
    this.#parts.push(this.#missing > 0 ? owned(bytes) : bytes)
    if (this.#missing > 0) return
    const parts = this.#parts
    this.#parts = []
    const frame = Buffer.concat(parts)
    // Twice, as a frame that is gathered is mostly written anew behind its steps.
    bytesAllocated(2 * frame.length)
    this.#consumer.whole(frame)
  }

  #checkedLength(length: number): number {
    if (length >= 0 && length <= this.#limitBytes) return length
    throw new KaasError('frame-corrupt', {
      message: `A frame says that it has ${length} bytes; between 0 and ${this.#limitBytes} are possible here.`,
      help: 'Check that the client speaks the Kafka protocol to this port, and that it sends no larger requests.',
    })
  }
}

function owned(bytes: Buffer): Buffer {
  bytesAllocated(bytes.length)
  return Buffer.from(bytes)
}
