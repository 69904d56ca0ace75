// SPDX-License-Identifier: Apache-2.0
/** A duplex stream that `pg` takes for its socket: what it writes goes to the database thread, what comes back is read. */
import { Duplex } from 'node:stream'
import type { Worker } from 'node:worker_threads'
import type { FromWorker, ToWorker } from './worker.ts'

/** One connection to the thread. There must be only one at a time: the database has one session. */
export class WorkerStream extends Duplex {
  readonly #worker: Worker
  readonly #onMessage = (message: FromWorker) => this.#take(message)
  readonly #onExit = () => this.destroy(new Error('Connection terminated: the embedded database has stopped.'))

  constructor(worker: Worker) {
    super()
    this.#worker = worker
    worker.on('message', this.#onMessage)
    worker.on('exit', this.#onExit)
  }

  /** As net.Socket has it; `pg` calls it with host and port, which mean nothing here. */
  connect(): this {
    process.nextTick(() => this.emit('connect'))
    return this
  }

  /** As net.Socket has them. */
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    this.#worker.ref()
    return this
  }
  unref(): this {
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#send(chunk)
    done()
  }

  /** `pg` corks while it writes parse, bind, describe, execute and sync: they travel as one. */
  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)))
    done()
  }

  override _final(done: () => void): void {
    this.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#worker.off('message', this.#onMessage)
    this.#worker.off('exit', this.#onExit)
    done(error)
  }

  #send(bytes: Uint8Array): void {
    // The bytes are copied: `pg` reuses its buffer for the next message.
    this.#worker.postMessage({ kind: 'bytes', bytes: Uint8Array.from(bytes) } satisfies ToWorker)
  }

  #take(message: FromWorker): void {
    if (message.kind === 'bytes')
      this.push(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength))
    if (message.kind === 'failed') this.destroy(new Error(`Connection terminated: ${message.message}`))
  }
}
