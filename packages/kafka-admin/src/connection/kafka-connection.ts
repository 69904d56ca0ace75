// SPDX-License-Identifier: Apache-2.0
/**
 * One connection to one broker: requests go out pipelined, answers are matched by correlation id. It knows the versions
 * that both sides speak, but no meaning of any message; logging in is `log-in.ts`, choosing a broker is `kafka-client.ts`.
 */
import type { Socket } from 'node:net'
import { KaasError } from '@kaas/errors'
import {
  type Api,
  decodeResponse,
  encodeRequest,
  FrameGatherer,
  type RequestInput,
  type ResponseOf,
} from '@kaas/kafka-protocol'
import { type BrokerAddress, render } from './open-socket.ts'

/** How one connection behaves. */
export interface ConnectionSettings {
  readonly clientId: string
  /** The broker at the other end. */
  readonly address: BrokerAddress
  /** Longest time from `request` to its answer; the connection is closed when it passes, as what comes later waits too. */
  readonly requestTimeoutMs: number
  /** Requests on the way at once; more wait for their turn. */
  readonly maxInFlight: number
  /** Largest answer taken. */
  readonly maxFrameBytes: number
}

/** Lowest and highest version of an API that both sides speak. */
export interface VersionRange {
  readonly min: number
  readonly max: number
}

/** What may differ from request to request. */
export interface RequestOptions {
  /** The highest common version when absent. */
  readonly version?: number
  /** Shorter or longer than the connection's `requestTimeoutMs`. */
  readonly timeoutMs?: number
}

interface Pending {
  readonly name: string
  /** Decodes and resolves; throws what the codec throws. */
  readonly answer: (frame: Buffer) => void
  readonly reject: (error: unknown) => void
  readonly timer: NodeJS.Timeout
}

/** A live connection. Owns its socket: `close` ends it, and any failure closes it and rejects all that is on the way. */
export class KafkaConnection {
  readonly #socket: Socket
  readonly #settings: ConnectionSettings
  readonly #peer: string
  readonly #pending = new Map<number, Pending>()
  readonly #waiting: (() => void)[] = []
  readonly #ended = Promise.withResolvers<void>()
  #versions: ReadonlyMap<number, VersionRange> = new Map()
  #correlationId = 0
  #blocked = false
  #failure: KaasError | undefined
  #expiresAtMs = Number.POSITIVE_INFINITY

  /** Takes over a connected socket. Use `openKafkaConnection`, which also agrees on versions and logs in. */
  constructor(socket: Socket, settings: ConnectionSettings) {
    this.#socket = socket
    this.#settings = settings
    this.#peer = render(settings.address)
    const gatherer = new FrameGatherer(settings.maxFrameBytes)
    socket.on('data', (chunk: Buffer) => this.#receive(gatherer, chunk))
    socket.on('drain', () => {
      this.#blocked = false
      this.#wake()
    })
    socket.on('error', (cause) => this.#fail(this.#lost(cause)))
    socket.on('close', () => this.#fail(this.#lost(undefined)))
  }

  /** The broker at the other end. */
  get address(): BrokerAddress {
    return this.#settings.address
  }

  /** False once the connection ended, for whatever reason, or its login is about to expire (KIP-368). */
  get usable(): boolean {
    return this.#failure === undefined && Date.now() < this.#expiresAtMs
  }

  /** Resolves when the connection has ended, for whatever reason. */
  get ended(): Promise<void> {
    return this.#ended.promise
  }

  /** Requests that are not answered yet, waiting ones included. */
  get load(): number {
    return this.#pending.size + this.#waiting.length
  }

  /** What both sides speak; undefined for an API that one of them does not know. */
  versionsOf(api: Api): VersionRange | undefined {
    return this.#versions.get(api.key)
  }

  /** Called once after ApiVersions. */
  agreeOn(versions: ReadonlyMap<number, VersionRange>): void {
    this.#versions = versions
  }

  /** Called after a login that the broker will take back: from then on `usable` is false, so that users open a new one. */
  expireIn(lifetimeMs: number): void {
    this.#expiresAtMs = Date.now() + lifetimeMs
  }

  /**
   * Sends one request and resolves with its decoded answer, whatever error codes that carries. Throws `not-supported` when the
   * broker does not speak the API, `kafka-timeout` without an answer in time, `kafka-unavailable` when the connection ends
   * first (whether the broker acted is then unknown), and `frame-corrupt` for an answer that cannot be read.
   */
  async request<A extends Api>(api: A, message: RequestInput<A>, options: RequestOptions = {}): Promise<ResponseOf<A>> {
    const version = options.version ?? this.#highestVersion(api)
    const deadlineMs = Date.now() + (options.timeoutMs ?? this.#settings.requestTimeoutMs)
    while (this.#failure === undefined && (this.#blocked || this.#pending.size >= this.#settings.maxInFlight)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    if (this.#failure !== undefined) throw this.#failure
    return this.#send(api, version, message, Math.max(1, deadlineMs - Date.now()))
  }

  /** Ends the connection at once; what is on the way is rejected with `kafka-unavailable`. Safe to call twice. */
  async close(): Promise<void> {
    this.#fail(new KaasError('kafka-unavailable', { message: `The connection to ${this.#peer} was closed.` }))
    await this.ended
  }

  #send<A extends Api>(api: A, version: number, message: RequestInput<A>, timeoutMs: number): Promise<ResponseOf<A>> {
    const correlationId = this.#correlationId
    this.#correlationId = (correlationId + 1) & 0x7fffffff
    const bytes = encodeRequest(api, version, { correlationId, clientId: this.#settings.clientId }, message)
    return new Promise<ResponseOf<A>>((resolve, reject) => {
      const answer = (frame: Buffer) => resolve(decodeResponse(api, version, frame).message)
      const timer = setTimeout(() => this.#timedOut(correlationId, timeoutMs), timeoutMs)
      this.#pending.set(correlationId, { name: api.name, answer, reject, timer })
      this.#blocked = !this.#socket.write(bytes)
    })
  }

  #receive(gatherer: FrameGatherer, chunk: Buffer): void {
    if (this.#failure !== undefined) return
    try {
      for (const frame of gatherer.push(chunk)) this.#answer(frame)
      if (gatherer.copied) release(chunk)
    } catch (error) {
      this.#fail(
        this.#corrupt(`An answer could not be read: ${error instanceof Error ? error.message : error}`, chunk, error),
      )
    }
  }

  #answer(frame: Buffer): void {
    const correlationId = frame.length < 4 ? -1 : frame.readInt32BE(0)
    const pending = this.#pending.get(correlationId)
    if (pending === undefined) throw new Error(`nobody waits for the correlation id ${correlationId}.`)
    pending.answer(frame)
    clearTimeout(pending.timer)
    this.#pending.delete(correlationId)
    this.#wake()
  }

  #timedOut(correlationId: number, timeoutMs: number): void {
    const pending = this.#pending.get(correlationId)
    if (pending === undefined) return
    this.#pending.delete(correlationId)
    const message = `The broker ${this.#peer} did not answer ${pending.name} in ${timeoutMs} ms.`
    pending.reject(new KaasError('kafka-timeout', { message, help: 'Check the load and the log of the broker.' }))
    this.#fail(this.#lost(new Error('an earlier request was not answered in time')))
  }

  #fail(failure: KaasError): void {
    if (this.#failure !== undefined) return
    this.#failure = failure
    this.#socket.destroy()
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer)
      pending.reject(failure)
    }
    this.#pending.clear()
    this.#wake()
    this.#ended.resolve()
  }

  #wake(): void {
    for (const proceed of this.#waiting.splice(0)) proceed()
  }

  #highestVersion(api: Api): number {
    const range = this.#versions.get(api.key)
    if (range !== undefined) return range.max
    throw new KaasError('not-supported', {
      message: `The broker ${this.#peer} does not speak ${api.name} in a version that is known here.`,
      help: 'Use Apache Kafka 3.6 or later.',
    })
  }

  #lost(cause: Error | undefined): KaasError {
    const why = cause === undefined ? 'the broker closed it' : cause.message
    return new KaasError('kafka-unavailable', {
      message: `The connection to ${this.#peer} was lost: ${why}.`,
      help: 'Check that the broker runs, and that TLS and login settings fit its listener.',
      ...(cause === undefined ? {} : { cause }),
    })
  }

  #corrupt(what: string, chunk: Buffer, cause: unknown): KaasError {
    return new KaasError('frame-corrupt', {
      message: `${this.#peer}: ${what}`,
      help: startsLikeTls(chunk)
        ? 'The bytes look like TLS: turn TLS on for this cluster, or use its plaintext port.'
        : 'Check that the address is the port of a Kafka broker.',
      cause,
    })
  }
}

/**
 * Gives the memory of a chunk back at once. Left to the collector, a hundred megabytes of chunks a second make it collect everything
 * ten times a second.
 */
function release(chunk: Buffer): void {
  const { buffer } = chunk
  if (buffer instanceof ArrayBuffer && buffer.byteLength === chunk.length) buffer.transfer(0)
}

/** A TLS alert or handshake record: what a TLS port answers to plaintext. */
function startsLikeTls(bytes: Buffer): boolean {
  return (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 0x03
}
