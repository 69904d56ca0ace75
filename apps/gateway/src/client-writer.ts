// SPDX-License-Identifier: Apache-2.0
/**
 * Writes responses to a client. Bytes that the broker sent lie in a buffer that is used again at once: they are written directly, as
 * many together as lie side by side, and copied only when the socket cannot take them now.
 */
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/** Writes to one socket. `slow` is called when the client takes bytes slower than they come: give nothing until it has drained. */
export class ClientWriter {
  readonly #socket: Socket
  readonly #slow: () => void
  readonly #isEncrypted: boolean
  /** Borrowed bytes that are not written yet because more may follow right behind them. */
  #run: Buffer | undefined
  #isCollecting = false

  constructor(socket: Socket, slow: () => void) {
    this.#socket = socket
    this.#slow = slow
    this.#isEncrypted = socket instanceof TLSSocket
  }

  /** From now on neighbours are put together, until `flush`. */
  collect(): void {
    this.#isCollecting = true
  }

  /** Writes what was collected. After it, borrowed bytes may be overwritten by their owner. */
  flush(): void {
    this.#isCollecting = false
    this.#writeRun()
  }

  /** Writes bytes that are the caller's no longer. */
  write(bytes: Buffer): void {
    this.#writeRun()
    if (!this.#socket.write(bytes)) this.#slow()
  }

  /** Writes bytes that the caller uses again after the next `flush`, or after this call when nothing is being collected. */
  writeBorrowed(bytes: Buffer): void {
    const run = this.#run
    if (run !== undefined && run.buffer === bytes.buffer && run.byteOffset + run.length === bytes.byteOffset) {
      this.#run = Buffer.from(run.buffer, run.byteOffset, run.length + bytes.length)
    } else {
      this.#writeRun()
      this.#run = bytes
    }
    if (!this.#isCollecting) this.#writeRun()
  }

  /**
   * An encrypted socket with nothing to do has encrypted all of what it is given when `write` returns, and needs it no longer. Any
   * other keeps what it is given, so that must be a copy. `client-writer.test.ts` holds Node to the first half.
   */
  #writeRun(): void {
    const run = this.#run
    if (run === undefined) return
    this.#run = undefined
    const isIdle = this.#isEncrypted && this.#socket.writableLength === 0 && this.#socket.writableCorked === 0
    if (!this.#socket.write(isIdle ? run : Buffer.from(run))) this.#slow()
  }
}
