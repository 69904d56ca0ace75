// SPDX-License-Identifier: Apache-2.0
/** The client's socket as its connection uses it: reading that stops and goes on, writing, and two ways to end. What the bytes mean is not known here. */
import type { Socket } from 'node:net'
import type { KaasError } from '@kaas/errors'
import { ClientWriter } from './client-writer.ts'
import { clientLeft } from './connection-end.ts'
import { readClient } from './read-client.ts'

/** How long a client may take to close after we have said goodbye. */
const GOODBYE_MS = 2000

/** What the owner is told. */
export interface ClientSocketOwner {
  /** Overwritten when this returns. */
  readonly received: (bytes: Buffer) => void
  /** The client takes bytes slower than they come, or again as they come. */
  readonly slow: () => void
  readonly drained: () => void
  /** Told also after the owner has ended it. */
  readonly left: (error: KaasError) => void
}

/** Owns one socket whose TLS handshake is complete: call `sayGoodbye` or `destroy`. */
export class ClientSocket {
  readonly writer: ClientWriter
  readonly #socket: Socket
  #isLeaving = false

  constructor(socket: Socket, owner: ClientSocketOwner) {
    this.#socket = socket
    this.writer = new ClientWriter(socket, owner.slow)
    socket.setNoDelay(true)
    readClient(socket, (bytes) => {
      if (!this.#isLeaving) owner.received(bytes)
    })
    socket.on('drain', owner.drained)
    socket.on('error', (cause) => owner.left(clientLeft(cause)))
    socket.on('close', () => owner.left(clientLeft(undefined)))
  }

  get bytesReceived(): number {
    return this.#socket.bytesRead
  }

  /** Bytes written that the client has not taken. */
  get bytesUnsent(): number {
    return this.#socket.writableLength
  }

  stopReading(): void {
    this.#socket.pause()
  }

  goOnReading(): void {
    this.#socket.resume()
  }

  /** Sends what was written, and does not wait long for the client to close as well. What it still sends is dropped. */
  sayGoodbye(): void {
    this.writer.flush()
    this.#isLeaving = true
    this.#socket.end()
    this.#socket.resume()
    setTimeout(() => this.#socket.destroy(), GOODBYE_MS).unref()
  }

  destroy(): void {
    this.#socket.destroy()
  }
}
