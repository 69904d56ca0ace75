// SPDX-License-Identifier: Apache-2.0
/** A Kafka client without a library: it sends the frames a test gives it over TLS and collects the frames that come back. */
import tls from 'node:tls'
import {
  type Api,
  decodeResponse,
  encodeRequest,
  FrameGatherer,
  type RequestInput,
  type ResponseOf,
  saslAuthenticate,
  saslHandshake,
} from '@kaas/kafka-protocol'

/** One TLS connection. */
export class RawClient {
  readonly socket: tls.TLSSocket
  /** Frames without their length, not taken yet. */
  readonly frames: Buffer[] = []
  /** Resolves when the connection has closed. */
  readonly closed: Promise<void>
  #wake: () => void = () => {}
  #isClosed = false
  #correlationId = 0

  constructor(socket: tls.TLSSocket) {
    this.socket = socket
    const gatherer = new FrameGatherer()
    socket.on('data', (chunk: Buffer) => {
      this.frames.push(...gatherer.push(chunk))
      this.#wake()
    })
    socket.on('error', () => {})
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#isClosed = true
        this.#wake()
        resolve()
      })
    })
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Connects to a gateway on loopback, from another address of it when one is given. */
  static async connect(port: number, caPem: string, localAddress?: string): Promise<RawClient> {
    const from = localAddress === undefined ? {} : { localAddress }
    const socket = tls.connect({ host: '127.0.0.1', port, ca: caPem, servername: 'localhost', ...from })
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve).once('error', reject)
    })
    return new RawClient(socket)
  }

  /** Sends a request and returns its correlation id. */
  send<A extends Api>(api: A, version: number, message: RequestInput<A>): number {
    this.#correlationId += 1
    this.socket.write(encodeRequest(api, version, { correlationId: this.#correlationId, clientId: 'raw' }, message))
    return this.#correlationId
  }

  /** The next frame; rejects when the connection closes first. */
  async next(): Promise<Buffer> {
    for (;;) {
      const frame = this.frames.shift()
      if (frame !== undefined) return frame
      if (this.#isClosed) throw new Error('the gateway closed the connection')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Sends a request and decodes the next response. */
  async ask<A extends Api>(api: A, version: number, message: RequestInput<A>): Promise<ResponseOf<A>> {
    this.send(api, version, message)
    return decodeResponse(api, version, await this.next()).message
  }

  /** Logs in by SCRAM with messages that look right; a scripted broker checks no more. Resolves with the last error code. */
  async logIn(user = 'orders.app', mechanism = 'SCRAM-SHA-512'): Promise<number> {
    await this.ask(saslHandshake, 1, { mechanism })
    const first = await this.token(`n,,n=${user},r=client`)
    if (first.errorCode !== 0) return first.errorCode
    const nonce = /r=([^,]+)/.exec(first.authBytes.toString())?.[1]
    return (await this.token(`c=biws,r=${nonce},p=${proofFor(mechanism)}`)).errorCode
  }

  /** Sends one SASL token. */
  token(text: string): Promise<ResponseOf<typeof saslAuthenticate>> {
    return this.ask(saslAuthenticate, 2, { authBytes: Buffer.from(text) })
  }

  close(): void {
    this.socket.destroy()
  }
}

/** A proof that proves nothing, as long as one of the mechanism. */
export function proofFor(mechanism: string): string {
  return Buffer.alloc(mechanism === 'SCRAM-SHA-256' ? 32 : 64, 7).toString('base64')
}
