// SPDX-License-Identifier: Apache-2.0
/**
 * The two sides of one client connection, and what keeps them in step: broker slow → the client is not read; client slow → neither is read;
 * responses wait for their turn, and nothing waits without a bound. Who may say what when is not known here, see `client-connection.ts`.
 */
import type { Socket } from 'node:net'
import type { KaasError } from '@kaas/errors'
import { BrokerSide } from './broker-side.ts'
import { ClientSocket } from './client-socket.ts'
import type { Arrival, GatewayParts } from './gateway-parts.ts'
import { ReadGate } from './read-gate.ts'
import { ResponseLine } from './response-line.ts'
import type { HoldReason } from './serving.ts'

/** Responses that may wait for an earlier one before the broker is no longer read. */
const MOST_PARKED_BYTES = 8 * 1024 * 1024

/** What the owner is told. */
export interface BothSidesOwner {
  readonly received: (chunk: Buffer) => void
  /** The broker sent so many bytes. */
  readonly sent: (bytes: number) => void
  /** The client is no longer read, or again: what was read before waits meanwhile. */
  readonly held: () => void
  readonly released: () => void
  /** The client is owed no response. */
  readonly answered: () => void
  readonly clientLeft: (error: KaasError) => void
  readonly brokerLeft: (error: KaasError) => void
}

/** Owns both: call `close`. */
export class BothSides {
  readonly client: ClientSocket
  readonly broker: BrokerSide
  /** Whether the client is read. */
  readonly gate: ReadGate<HoldReason>
  /** The client's responses, in the order of its requests. */
  readonly line: ResponseLine
  readonly #mostInFlight: number
  readonly #owner: BothSidesOwner
  #isClosed = false

  /** Takes over a client's socket whose TLS handshake is complete. A broker is dialled when somebody logs in. */
  constructor(socket: Socket, arrival: Arrival, parts: GatewayParts, owner: BothSidesOwner) {
    this.#mostInFlight = parts.limits.requestsInFlight
    this.#owner = owner
    this.client = new ClientSocket(socket, {
      received: owner.received,
      slow: () => this.#clientSlow(),
      drained: () => this.#clientDrained(),
      left: owner.clientLeft,
    })
    this.broker = new BrokerSide(parts, arrival, {
      drained: () => this.gate.release('brokerSlow'),
      left: owner.brokerLeft,
      reading: (isReading, bytes) => this.#brokerReads(isReading, bytes),
    })
    const send = (bytes: Buffer, isBorrowed: boolean): void => this.#writeToClient(bytes, isBorrowed)
    this.line = new ResponseLine(send, () => this.lineAdvanced())
    this.gate = new ReadGate(
      () => this.#stopReading(),
      () => this.#goOnReading(),
    )
  }

  /** Looks whether what held somebody back is over. Called when responses leave; tells the owner when none is owed. */
  lineAdvanced(): void {
    if (this.line.length < this.#mostInFlight) this.gate.release('lineFull')
    if (this.line.parkedBytes <= MOST_PARKED_BYTES) this.broker.connection?.gate.release('parked')
    if (this.line.length === 0) this.#owner.answered()
  }

  /** Ends both. With `goodbye` the client still gets what was written. */
  close(how: 'goodbye' | 'destroy'): void {
    this.#isClosed = true
    this.broker.end()
    if (how === 'goodbye') this.client.sayGoodbye()
    else this.client.destroy()
  }

  #stopReading(): void {
    this.#owner.held()
    this.client.stopReading()
  }

  #goOnReading(): void {
    if (this.#isClosed) return
    this.client.goOnReading()
    this.#owner.released()
  }

  #brokerReads(isReading: boolean, bytes: number): void {
    if (isReading) {
      this.client.writer.collect()
      this.#owner.sent(bytes)
      return
    }
    this.client.writer.flush()
    const broker = this.broker.connection
    if (broker !== undefined && broker.asks === 0 && this.line.parkedBytes > MOST_PARKED_BYTES) broker.gate.hold('parked')
  }

  #writeToClient(bytes: Buffer, isBorrowed: boolean): void {
    if (this.#isClosed) return
    if (isBorrowed) this.client.writer.writeBorrowed(bytes)
    else this.client.writer.write(bytes)
  }

  #clientSlow(): void {
    this.broker.connection?.gate.hold('clientSlow')
    this.gate.hold('clientSlow')
  }

  #clientDrained(): void {
    this.broker.connection?.gate.release('clientSlow')
    this.gate.release('clientSlow')
  }
}
