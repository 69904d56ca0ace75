// SPDX-License-Identifier: Apache-2.0
/** A duplex stream that `pg` takes for its socket: what it writes goes to the database thread, what comes back is read. */
import { Duplex } from 'node:stream'
import type { Worker } from 'node:worker_threads'
import type { DatabaseThread } from './database-thread.ts'
import type { FromWorker, ToWorker } from './worker.ts'

let connections = 0

/** `pg` says good-bye with this message. The session is not its own to end. */
const TERMINATE = 'X'.charCodeAt(0)

/** One connection to the thread. There must be only one at a time: the database has one session. */
export class WorkerStream extends Duplex {
  readonly #thread: DatabaseThread
  readonly #connection: number
  #worker: Worker | undefined
  readonly #onMessage = (message: FromWorker) => this.#take(message)
  readonly #onExit = () => this.destroy(new Error('Connection terminated: the embedded database has stopped.'))

  constructor(thread: DatabaseThread) {
    super()
    this.#thread = thread
    connections += 1
    this.#connection = connections
  }

  /** As net.Socket has it; `pg` calls it with host and port, which mean nothing here. */
  connect(): this {
    this.#thread.worker().then(
      (worker) => {
        this.#worker = worker
        worker.on('message', this.#onMessage)
        worker.on('exit', this.#onExit)
        worker.postMessage({ kind: 'connect' } satisfies ToWorker)
        this.emit('connect')
      },
      (error: Error) => this.destroy(error),
    )
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
    this.#worker?.off('message', this.#onMessage)
    this.#worker?.off('exit', this.#onExit)
    done(error)
  }

  #send(bytes: Uint8Array): void {
    if (bytes[0] === TERMINATE) return
    // The bytes are copied: `pg` reuses its buffer for the next message.
    const message: ToWorker = { kind: 'bytes', connection: this.#connection, bytes: Uint8Array.from(bytes) }
    this.#worker?.postMessage(message)
  }

  #take(message: FromWorker): void {
    if (message.kind === 'failed') this.destroy(new Error(`Connection terminated: ${message.message}`))
    if (message.kind !== 'bytes' || message.connection !== this.#connection) return
    const { buffer, byteOffset, byteLength } = message.bytes
    this.push(Buffer.from(buffer, byteOffset, byteLength))
  }
}
