// SPDX-License-Identifier: Apache-2.0
/**
 * A Kafka client that trusts nobody and hides nothing: it sends any bytes after a log-in and gives back every byte that comes, whether
 * or not it is a response. One request at a time.
 */
import { randomBytes } from 'node:crypto'
import net, { type Socket } from 'node:net'
import tls from 'node:tls'
import { decodeResponse, encodeRequest, saslAuthenticate, saslHandshake, scramClient } from '@kaas/kafka-protocol'

/** Where to connect and as whom. With `caPem` by TLS. */
export interface WireTarget {
  readonly host: string
  readonly port: number
  readonly caPem?: string
  readonly username: string
  readonly password: string
}

/** What came for one request. `isClosed`: the peer ended the connection in place of a response. */
export interface WireAnswer {
  readonly bytes: Buffer
  readonly isClosed: boolean
}

const MECHANISM = 'SCRAM-SHA-512'
const LENGTH_BYTES = 4

/** One logged-in connection. */
export class WireClient {
  readonly #socket: Socket
  #received = Buffer.alloc(0)
  #isClosed = false
  #wake: () => void = () => {}

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#wake()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      this.#isClosed = true
      this.#wake()
    })
  }

  /** Connects and logs in by SCRAM. */
  static async open(target: WireTarget): Promise<WireClient> {
    const { host, port, caPem } = target
    const socket =
      caPem === undefined ? net.connect(port, host) : tls.connect({ host, port, ca: caPem, servername: 'localhost' })
    await new Promise<void>((resolve, reject) => {
      socket.once(caPem === undefined ? 'connect' : 'secureConnect', resolve).once('error', reject)
    })
    const client = new WireClient(socket)
    await client.#logIn(target)
    return client
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Sends `frame` (its length in front) and resolves with the next response frame, or with what came until `timeoutMs` or the end. */
  async exchange(frame: Buffer, timeoutMs: number): Promise<WireAnswer> {
    this.#received = Buffer.alloc(0)
    if (!this.#isClosed) this.#socket.write(frame)
    const deadline = Date.now() + timeoutMs
    while (!this.#isClosed && !this.#hasFrame()) {
      const left = deadline - Date.now()
      if (left <= 0) break
      await this.#more(left)
    }
    return { bytes: this.#received, isClosed: this.#isClosed }
  }

  close(): void {
    this.#socket.destroy()
  }

  async #logIn({ username, password }: WireTarget): Promise<void> {
    await this.#ask(encodeRequest(saslHandshake, 1, HEADER, { mechanism: MECHANISM }))
    const scram = scramClient(MECHANISM, username, password, randomBytes(24).toString('base64url'))
    scram.verify(await this.#token(await scram.finalAsync(await this.#token(scram.first()))))
  }

  async #token(authBytes: Buffer): Promise<Buffer> {
    const answer = await this.#ask(encodeRequest(saslAuthenticate, 2, HEADER, { authBytes }))
    const { message } = decodeResponse(saslAuthenticate, 2, answer)
    if (message.errorCode !== 0) throw new Error(`The log-in was refused: ${message.errorMessage}`)
    return message.authBytes
  }

  async #ask(frame: Buffer): Promise<Buffer> {
    const { bytes, isClosed } = await this.exchange(frame, 10_000)
    if (isClosed || bytes.length < LENGTH_BYTES) throw new Error('The connection ended during the log-in.')
    return bytes.subarray(LENGTH_BYTES)
  }

  #hasFrame(): boolean {
    return this.#received.length >= LENGTH_BYTES && this.#received.length >= LENGTH_BYTES + this.#received.readInt32BE(0)
  }

  #more(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

const HEADER = { correlationId: 1, clientId: 'walker' }
