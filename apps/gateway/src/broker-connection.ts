// SPDX-License-Identifier: Apache-2.0
/**
 * The broker's side of one client connection. It gives every request a correlation id of its own and hands each response to
 * whoever waits for it. A broker answers in the order of requests, so a response that does not fit the oldest one ends the
 * connection. What responses mean, and who the client is, is not known here.
 */
import type { Socket } from 'node:net'
import { asKaasError, KaasError } from '@kaas/errors'
import { type Api, decodeResponse, encodeRequest, type RequestInput, type ResponseOf } from '@kaas/kafka-protocol'
import { BrokerWriter } from './broker-writer.ts'
import { type Delivery, FrameSplitter, LENGTH_BYTES } from './frame-splitter.ts'
import { ReadGate } from './read-gate.ts'
import type { Endpoint } from './step.ts'

/** The longest response taken, in bytes: Kafka's own limit for one fetch is far below. */
const LONGEST_RESPONSE_BYTES = 1024 * 1024 * 1024
/** Where the correlation id stands in a request, behind length, key and version. */
const REQUEST_ID_OFFSET = LENGTH_BYTES + 4
const RESPONSE_ID_BYTES = 4
/** What the first piece of a response has behind its length, if the response has so many: all that heads of steps look at. */
export const RESPONSE_START_BYTES = 24
/** How long a request of the gateway's own may take unless told, in milliseconds. */
const ASK_TIMEOUT_MS = 20_000

/** How long a broker may take what was sent before the connection was ended. */
const GOODBYE_MS = 5000

/** Takes the response to one request. */
export interface ResponseTaker {
  /** How this response is wanted, asked when it begins. */
  delivery(): Delivery
  /** The whole response, its length in front. */
  whole(frame: Buffer): void
  /** The next piece, borrowed; the first begins with the length and the broker's correlation id, which the taker replaces. */
  piece(bytes: Buffer, first: boolean, last: boolean): void
  /** The connection ended before the response came. */
  lost(error: KaasError): void
}

/** What the owner of the connection is told. `ended` is called once, whoever ended it. */
export interface BrokerConnectionOwner {
  readonly drained: () => void
  readonly ended: (error: KaasError) => void
  /** Bytes came; called before they are cut and again after, so that the owner can write to the client in one go. */
  readonly reading: (isReading: boolean, bytes: number) => void
}

interface Pending {
  readonly correlationId: number
  readonly taker: ResponseTaker
}

/** One connection to one broker, owned by one client connection. */
export class BrokerConnection {
  /** Where the broker is, as it was dialled. */
  readonly address: Endpoint
  readonly peer: string
  readonly gate: ReadGate<'clientSlow' | 'parked'>
  readonly #socket: Socket
  readonly #owner: BrokerConnectionOwner
  readonly #pending: Pending[] = []
  readonly #splitter: FrameSplitter
  readonly #writer: BrokerWriter
  #correlationId = 0
  #isFirstPiece = false
  #asks = 0
  #failure: KaasError | undefined

  /** Takes over a connected socket whose bytes the caller feeds to `receive`. Use `dialBroker`. */
  constructor(socket: Socket, address: Endpoint, owner: BrokerConnectionOwner) {
    this.address = address
    this.peer = `${address.host}:${address.port}`
    this.#socket = socket
    this.#owner = owner
    this.#splitter = new FrameSplitter(
      {
        begin: (head) => this.#begin(head),
        whole: (frame) => this.#finish().whole(frame),
        piece: (bytes, last) => this.#pass(bytes, last),
      },
      RESPONSE_START_BYTES,
      LONGEST_RESPONSE_BYTES,
    )
    this.#writer = new BrokerWriter(socket, () => {
      if (this.#failure === undefined && this.#writer.isWritable) owner.drained()
    })
    this.gate = new ReadGate(
      () => {
        this.#splitter.hold()
        socket.pause()
      },
      () => {
        socket.resume()
        this.#guard(() => this.#splitter.release())
      },
    )
    socket.on('drain', () => owner.drained())
    socket.on('error', (cause) => this.fail(this.#lost(cause.message, cause)))
    socket.on('close', () => this.fail(this.#lost('the broker closed it', undefined)))
  }

  /** Requests of the gateway's own that wait for an answer; while there are any, the broker must be read. */
  get asks(): number {
    return this.#asks
  }

  /** False when the broker takes bytes slower than they come: stop reading the client until `drained`. */
  get isWritable(): boolean {
    return this.#writer.isWritable
  }

  /**
   * Sends a request, or its first piece: with its length in front; the correlation id in it is overwritten. Without `taker` no
   * response is expected (produce with acks=0).
   */
  send(frame: Buffer, taker: ResponseTaker | undefined): void {
    if (this.#failure !== undefined) {
      taker?.lost(this.#failure)
      return
    }
    const correlationId = this.#correlationId
    this.#correlationId = (correlationId + 1) & 0x7fffffff
    frame.writeInt32BE(correlationId, REQUEST_ID_OFFSET)
    if (taker !== undefined) this.#pending.push({ correlationId, taker })
    this.sendMore(frame)
  }

  /** Sends the next piece of the request that was begun last. The bytes are copied; what is sent in one turn of the event loop leaves together. */
  sendMore(bytes: Buffer): void {
    if (this.#failure === undefined) this.#writer.write(bytes)
  }

  /**
   * Sends a request of the gateway's own in line with the client's and resolves with the decoded answer, whatever error codes it
   * carries. Rejects with `kafka-unavailable` when the connection ends first, and with `kafka-timeout`; then it has ended as well.
   */
  ask<A extends Api>(api: A, version: number, request: RequestInput<A>, timeoutMs = ASK_TIMEOUT_MS): Promise<ResponseOf<A>> {
    const frame = encodeRequest(api, version, { correlationId: 0, clientId: 'kaas-gateway' }, request)
    const { promise, resolve, reject } = Promise.withResolvers<ResponseOf<A>>()
    const timer = setTimeout(() => this.fail(this.#late(api, timeoutMs)), timeoutMs)
    const settle = (): void => {
      clearTimeout(timer)
      this.#asks -= 1
    }
    this.#asks += 1
    this.send(frame, {
      delivery: () => 'whole',
      whole: (answer) => {
        settle()
        try {
          resolve(decodeResponse(api, version, answer.subarray(LENGTH_BYTES)).message)
        } catch (error) {
          reject(error)
          throw error
        }
      },
      piece: () => {},
      lost: (error) => {
        settle()
        reject(error)
      },
    })
    return promise
  }

  /** Takes bytes that the broker sent. They may be overwritten when this returns. */
  receive(chunk: Buffer): void {
    if (this.#failure !== undefined) return
    this.#owner.reading(true, chunk.length)
    this.#guard(() => this.#splitter.push(chunk))
    this.#owner.reading(false, 0)
  }

  /** Ends the connection because its owner needs it no longer. What was sent still leaves (produce with acks=0). Safe to call twice. */
  end(): void {
    if (this.#failure !== undefined) return
    this.#writer.flush()
    this.#settle(new KaasError('cancelled-by-caller', { message: `The connection to the broker ${this.peer} was closed.` }))
    this.#socket.destroySoon()
    setTimeout(() => this.#socket.destroy(), GOODBYE_MS).unref()
  }

  /** Ends the connection at once; whoever waits is told `error`. Safe to call twice. */
  fail(error: KaasError): void {
    if (this.#failure !== undefined) return
    this.#socket.destroy()
    this.#settle(error)
  }

  #settle(error: KaasError): void {
    this.#failure = error
    for (const { taker } of this.#pending.splice(0)) taker.lost(error)
    this.#owner.ended(error)
  }

  #begin(head: Buffer): Delivery {
    const oldest = this.#pending[0]
    if (oldest === undefined || head.length < LENGTH_BYTES + RESPONSE_ID_BYTES) {
      throw this.#corrupt('A response came that nobody waits for.')
    }
    if (head.readInt32BE(LENGTH_BYTES) !== oldest.correlationId) throw this.#corrupt('A response came out of order.')
    this.#isFirstPiece = true
    return oldest.taker.delivery()
  }

  #finish(): ResponseTaker {
    const oldest = this.#pending.shift()
    if (oldest === undefined) throw this.#corrupt('A response came that nobody waits for.')
    return oldest.taker
  }

  #pass(bytes: Buffer, last: boolean): void {
    const taker = last ? this.#finish() : this.#pending[0]?.taker
    taker?.piece(bytes, this.#isFirstPiece, last)
    this.#isFirstPiece = false
  }

  #guard(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.fail(asKaasError(error))
    }
  }

  #corrupt(message: string): KaasError {
    return new KaasError('frame-corrupt', { message: `${this.peer}: ${message}` })
  }

  #late(api: Api, timeoutMs: number): KaasError {
    return new KaasError('kafka-timeout', {
      message: `The broker ${this.peer} did not answer ${api.name} in ${timeoutMs} ms.`,
    })
  }

  #lost(why: string, cause: Error | undefined): KaasError {
    return new KaasError('kafka-unavailable', {
      message: `The connection to the broker ${this.peer} was lost: ${why}.`,
      help: 'Check that the broker runs; clients connect again by themselves.',
      cause,
    })
  }
}
