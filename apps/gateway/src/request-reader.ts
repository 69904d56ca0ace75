// SPDX-License-Identifier: Apache-2.0
/**
 * Reads a client's requests: cuts them, names them for the table of states, and lets those that no step wants to see pass in
 * pieces. When a request may come at all is decided by its owner.
 */
import { type RequestHeader, readRequestHeader } from '@kaas/kafka-protocol'
import { type Event, eventOfRequest } from './connection-state.ts'
import { type Delivery, FrameSplitter, LENGTH_BYTES } from './frame-splitter.ts'
import type { SaslRequest } from './sasl/sasl-conversation.ts'
import type { Serving } from './serving.ts'

/** Key, version and correlation id. */
const HEAD_BYTES = 8

/** Who takes the requests. */
export interface RequestOwner {
  /** After an old handshake frames are SASL tokens without a header. */
  readonly expectsBareToken: boolean
  /** Where requests are forwarded; undefined when they may not be now. */
  readonly forwarding: Serving | undefined
  take(event: Event, request: SaslRequest): void
  /** A request has ended, or its last piece. */
  ended(): void
  /** A request begins, or is there; `bytes` is its length on the wire. */
  count(apiKey: number, bytes: number): void
}

/** The reading side of one client connection. */
export class RequestReader {
  readonly #owner: RequestOwner
  readonly #splitter: FrameSplitter
  #passing: Serving | undefined

  constructor(owner: RequestOwner, limitBytes: number) {
    this.#owner = owner
    const consumer = {
      begin: (start: Buffer) => this.#begin(start),
      whole: (frame: Buffer) => this.#whole(frame),
      piece: (bytes: Buffer, last: boolean) => this.#piece(bytes, last),
    }
    this.#splitter = new FrameSplitter(consumer, HEAD_BYTES, limitBytes)
  }

  /** The longest request taken from now on, in bytes. */
  set limitBytes(limit: number) {
    this.#splitter.limitBytes = limit
  }

  /** The client has begun a request and not ended it. */
  get isInsideFrame(): boolean {
    return this.#splitter.isInsideFrame
  }

  /** The broker has the first pieces of a request and waits for the others. */
  get isPassing(): boolean {
    return this.#passing !== undefined
  }

  /** Throws `frame-corrupt` for what cannot be a request. */
  push(chunk: Buffer): void {
    this.#splitter.push(chunk)
  }

  hold(): void {
    this.#splitter.hold()
  }

  /** Throws as `push` does. */
  release(): void {
    this.#splitter.release()
  }

  #begin(start: Buffer): Delivery {
    const serving = start.length < LENGTH_BYTES + HEAD_BYTES ? undefined : this.#owner.forwarding
    if (serving?.begins(start) !== true) return 'whole'
    this.#passing = serving
    this.#owner.count(start.readInt16BE(LENGTH_BYTES), LENGTH_BYTES + start.readInt32BE(0))
    return 'pieces'
  }

  #piece(bytes: Buffer, last: boolean): void {
    this.#passing?.pass(bytes)
    if (!last) return
    this.#passing = undefined
    this.#owner.ended()
  }

  #whole(frame: Buffer): void {
    this.#owner.ended()
    if (this.#owner.expectsBareToken) {
      this.#owner.take('token', { header: undefined, frame })
      return
    }
    const header: RequestHeader = readRequestHeader(frame.subarray(LENGTH_BYTES))
    this.#owner.count(header.apiKey, frame.length)
    this.#owner.take(eventOfRequest(header.apiKey), { header, frame })
  }
}
