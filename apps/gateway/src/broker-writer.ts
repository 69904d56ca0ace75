// SPDX-License-Identifier: Apache-2.0
/**
 * Writes to brokers out of one buffer. What clients send lies in a buffer that is read into again at once, and much of it is tiny: it is
 * put side by side here, and leaves together at the end of the turn. A socket with nothing to do hands what it is given to the system
 * before `write` returns, so the buffer is free again; only what a slow broker leaves over keeps it.
 */
import type { Socket } from 'node:net'
import { bytesAllocated } from './young-memory.ts'

const SHARED_BYTES = 256 * 1024

let shared = Buffer.allocUnsafeSlow(SHARED_BYTES)
let usedBytes = 0
/** Whose bytes lie in the buffer. */
let holder: BrokerWriter | undefined

/** Writes to one broker's socket. `left` is called at the end of each turn in which something was written. */
export class BrokerWriter {
  readonly #socket: Socket
  readonly #left: () => void
  #isPlanned = false

  constructor(socket: Socket, left: () => void) {
    this.#socket = socket
    this.#left = left
  }

  /** False when the broker takes bytes slower than they come: give no more until `drain`. */
  get isWritable(): boolean {
    return !this.#socket.writableNeedDrain
  }

  /** Takes a copy of the bytes. They leave at the end of this turn of the event loop, or earlier. */
  write(bytes: Buffer): void {
    if (holder !== this) holder?.flush()
    holder = this
    for (let from = 0; from < bytes.length; ) {
      if (usedBytes === SHARED_BYTES) this.#send()
      const part = bytes.subarray(from, from + SHARED_BYTES - usedBytes)
      shared.set(part, usedBytes)
      usedBytes += part.length
      from += part.length
    }
    if (this.#isPlanned) return
    this.#isPlanned = true
    setImmediate(this.#leave)
  }

  /** Writes what is still here. */
  flush(): void {
    if (holder !== this) return
    holder = undefined
    if (usedBytes > 0) this.#send()
  }

  #send(): void {
    const bytes = shared.subarray(0, usedBytes)
    usedBytes = 0
    if (this.#socket.writableLength > 0) {
      bytesAllocated(bytes.length)
      this.#socket.write(Buffer.from(bytes))
      return
    }
    this.#socket.write(bytes)
    if (this.#socket.writableLength === 0) return
    bytesAllocated(SHARED_BYTES)
    shared = Buffer.allocUnsafeSlow(SHARED_BYTES)
  }

  readonly #leave = (): void => {
    this.#isPlanned = false
    this.flush()
    this.#left()
  }
}
