// SPDX-License-Identifier: Apache-2.0
/** A duplex stream that `pg` takes for its socket: what it writes goes to the database's process, what comes back is read. */
import type { ChildProcess } from 'node:child_process'
import { Duplex } from 'node:stream'
import type { FromDatabase } from './database-main.ts'
import { type DatabaseProcess, tell } from './database-process.ts'

let connections = 0

/** `pg` says good-bye with this message. The session is not its own to end. */
const TERMINATE = 'X'.charCodeAt(0)

/** One connection to the process. There must be only one at a time: the database has one session. */
export class ProcessStream extends Duplex {
  readonly #process: DatabaseProcess
  readonly #connection: number
  #child: ChildProcess | undefined
  readonly #onMessage = (message: FromDatabase) => this.#take(message)
  readonly #onExit = () => this.destroy(new Error('Connection terminated: the embedded database has stopped.'))

  constructor(database: DatabaseProcess) {
    super()
    this.#process = database
    connections += 1
    this.#connection = connections
  }

  /** As net.Socket has it; `pg` calls it with host and port, which mean nothing here. */
  connect(): this {
    this.#process.child().then(
      (child) => {
        this.#child = child
        child.on('message', this.#onMessage)
        child.on('exit', this.#onExit)
        tell(child, { kind: 'connect' })
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
    this.#child?.off('message', this.#onMessage)
    this.#child?.off('exit', this.#onExit)
    done(error)
  }

  #send(bytes: Uint8Array): void {
    if (bytes[0] === TERMINATE || this.#child === undefined) return
    tell(this.#child, { kind: 'bytes', connection: this.#connection, bytes })
  }

  #take(message: FromDatabase): void {
    if (message.kind === 'failed') this.destroy(new Error(`Connection terminated: ${message.message}`))
    if (message.kind !== 'bytes' || message.connection !== this.#connection) return
    const { buffer, byteOffset, byteLength } = message.bytes
    this.push(Buffer.from(buffer, byteOffset, byteLength))
  }
}
