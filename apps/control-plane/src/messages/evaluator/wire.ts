// SPDX-License-Identifier: Apache-2.0
/** Messages between the API and its evaluators: two lengths, a JSON header, bytes. */
import type { Writable } from 'node:stream'

const PREFIX_BYTES = 8

/** One message. */
export interface WireMessage<T> {
  readonly header: T
  readonly body: Buffer
}

const NOTHING = Buffer.alloc(0)

/** Writes one message; the caller has one on the way at most, so nothing piles up. */
export function writeMessage(stream: Writable, header: unknown, body: Buffer = NOTHING): void {
  const text = Buffer.from(JSON.stringify(header))
  const prefix = Buffer.alloc(PREFIX_BYTES)
  prefix.writeUInt32BE(text.length, 0)
  prefix.writeUInt32BE(body.length, 4)
  stream.write(prefix)
  stream.write(text)
  if (body.length > 0) stream.write(body)
}

/** Gathers messages from chunks as they come. */
export class WireReader<T> {
  #chunks: Buffer[] = []
  #bytes = 0

  /** The messages that this chunk completes. */
  push(chunk: Buffer): WireMessage<T>[] {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    const messages: WireMessage<T>[] = []
    for (let next = this.#next(); next !== undefined; next = this.#next()) messages.push(next)
    return messages
  }

  #next(): WireMessage<T> | undefined {
    if (this.#bytes < PREFIX_BYTES) return undefined
    if ((this.#chunks[0] as Buffer).length < PREFIX_BYTES) this.#join()
    const first = this.#chunks[0] as Buffer
    const headerEnd = PREFIX_BYTES + first.readUInt32BE(0)
    const end = headerEnd + first.readUInt32BE(4)
    if (this.#bytes < end) return undefined
    const bytes = this.#join()
    this.#chunks = [bytes.subarray(end)]
    this.#bytes -= end
    const header = JSON.parse(bytes.toString('utf8', PREFIX_BYTES, headerEnd)) as T
    return { header, body: bytes.subarray(headerEnd, end) }
  }

  #join(): Buffer {
    const bytes = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks, this.#bytes)
    this.#chunks = [bytes]
    return bytes
  }
}
