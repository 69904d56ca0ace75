// SPDX-License-Identifier: Apache-2.0
/**
 * One client's connection: it owns the client's socket and the broker connection behind it, and does what the table in
 * `connection-state.ts` says. Backpressure: broker slow → the client is not read; client slow → the broker is not read; nothing is
 * buffered without a bound. What happens to a request on its way is `serving.ts` and `pipeline.ts`.
 */
import type { Socket } from 'node:net'
import type { SnapshotTenant } from '@kaas/domain'
import { asKaasError, type KaasError } from '@kaas/errors'
import type { RequestHeader } from '@kaas/kafka-protocol'
import { add, placeOf } from './api-traffic.ts'
import type { BrokerConnection } from './broker-connection.ts'
import { ClientLogIn, type LogInConnection, type LogInStep } from './client-log-in.ts'
import { ClientWriter } from './client-writer.ts'
import { beforeLogIn, clientLeft, goingAway, proofEnded, tooSlow } from './connection-end.ts'
import { type Event, type State, transitionOf } from './connection-state.ts'
import { Deadlines } from './deadlines.ts'
import { dialBroker } from './dial-broker.ts'
import type { Arrival, GatewayParts } from './gateway-parts.ts'
import { ReadGate } from './read-gate.ts'
import { type RequestOwner, RequestReader } from './request-reader.ts'
import { ResponseLine } from './response-line.ts'
import { handshakeAtBroker, type ScramMechanism } from './sasl/log-in.ts'
import type { SaslRequest } from './sasl/sasl-conversation.ts'
import { clusterOf, type HoldReason, type ServedConnection, Serving } from './serving.ts'
import type { Endpoint } from './step.ts'
import type { TenantTraffic } from './traffic.ts'
import { apiVersionsAnswer } from './version-ranges.ts'

/** Responses that may wait for an earlier one before the broker is no longer read. */
const MOST_PARKED_BYTES = 8 * 1024 * 1024
/** How long a client may take to close after we have said goodbye. */
const GOODBYE_MS = 2000

/** What the owner of connections is told. */
export interface ClientConnectionOwner {
  /** Called once, when the broker has accepted the client. Throws `limit-exceeded` when the tenant has all its connections. */
  admit(connection: ClientConnection, tenant: SnapshotTenant): TenantTraffic
  ended(connection: ClientConnection, error: KaasError): void
}

/** A connection from its TLS handshake to its end. */
export class ClientConnection implements LogInConnection, ServedConnection, RequestOwner {
  readonly arrival: Arrival
  readonly openedAtMs = Date.now()
  readonly gate: ReadGate<HoldReason>
  readonly line: ResponseLine
  readonly #parts: GatewayParts
  readonly #owner: ClientConnectionOwner
  readonly #socket: Socket
  readonly #writer: ClientWriter
  readonly #reader: RequestReader
  readonly #deadlines: Deadlines
  readonly #logIn: ClientLogIn
  #state: State = 'greeting'
  #broker: BrokerConnection | undefined
  #serving: Serving | undefined
  #traffic: TenantTraffic | undefined
  /** When the certificate or bearer token ends that says who the client is. */
  #endsAtMs: number | undefined
  #resting: NodeJS.Timeout | undefined

  /** Takes over a socket whose TLS handshake is complete. */
  constructor(socket: Socket, arrival: Arrival, parts: GatewayParts, owner: ClientConnectionOwner) {
    this.arrival = arrival
    this.#parts = parts
    this.#owner = owner
    this.#socket = socket
    this.#writer = new ClientWriter(socket, () => this.#clientSlow())
    this.#deadlines = new Deadlines(parts.limits.patience, this.openedAtMs)
    const send = (bytes: Buffer, isBorrowed: boolean): void => this.#writeToClient(bytes, isBorrowed)
    this.line = new ResponseLine(send, () => this.#lineAdvanced())
    this.#reader = new RequestReader(this, parts.limits.loginFrameBytes)
    this.gate = new ReadGate(
      () => this.#stopReading(),
      () => this.#goOnReading(),
    )
    this.#logIn = new ClientLogIn(parts, this)
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('drain', () => this.#clientDrained())
    socket.on('error', (cause) => this.fail(clientLeft(cause)))
    socket.on('close', () => this.fail(clientLeft(undefined)))
    if (arrival.certified !== undefined) this.#happen('certified', {})
  }

  get isClosed(): boolean {
    return this.#state === 'closed'
  }

  /** Set once the client is logged in, and kept to the end. */
  get serving(): Serving | undefined {
    return this.#serving
  }

  get expectsBareToken(): boolean {
    return this.#logIn.expectsBareToken
  }

  get forwarding(): Serving | undefined {
    return transitionOf(this.#state, 'request').action === 'forward' ? this.#serving : undefined
  }

  take(event: Event, request: SaslRequest): void {
    this.#happen(event, { request })
  }

  count(apiKey: number, bytes: number): void {
    const { requests } = this.#parts.traffic
    requests.set(apiKey, (requests.get(apiKey) ?? 0) + 1)
    if (this.#traffic === undefined) return
    const { byApi } = this.#traffic
    this.#traffic.requests += 1
    add(byApi.requests, placeOf(apiKey), 1)
    add(byApi.received, placeOf(apiKey), bytes)
  }

  /** The next request gets its full time; when the gateway stops, there is no next one. */
  ended(): void {
    this.#deadlines.frameEnded()
    if (this.#state === 'draining') this.gate.hold('draining')
    const waitMs = this.#serving?.allowance.waitMs(Date.now()) ?? 0
    if (waitMs > 0) this.#rest(waitMs)
  }

  /** Closes a client that has been too slow. Called by the owner every second. */
  tick(nowMs: number): void {
    const late = this.#deadlines.check({
      nowMs,
      isAuthenticated: this.#serving !== undefined,
      isBrokersTurn: this.#state === 'loggingIn',
      isInsideFrame: this.#reader.isInsideFrame && !this.gate.isHeld,
      bytesReceived: this.#socket.bytesRead,
      bytesUnsent: this.#socket.writableLength,
    })
    if (late !== undefined) this.fail(tooSlow(late))
    if (this.#endsAtMs !== undefined && nowMs > this.#endsAtMs) this.fail(proofEnded())
  }

  /** Answers what is owed, then closes. A client that is not logged in is closed at once. */
  drain(): void {
    this.#happen('drain', { error: goingAway() })
  }

  /** Ends the connection at once. The first reason counts. */
  fail(error: KaasError): void {
    this.#happen('broken', { error })
  }

  stepTaken(step: LogInStep): void {
    if (step.identity !== undefined) this.#endsAtMs = step.identity.proof?.endsAtMs
    this.#happen(step.identity === undefined ? 'challenged' : 'loggedIn', { step })
  }

  logInRefused(error: KaasError): void {
    this.#happen('refused', { error })
  }

  /** For a first log-in a fresh connection, as a broker closes after a refusal; for another log-in the one there is. */
  async brokerFor(tenant: SnapshotTenant, mechanism: ScramMechanism): Promise<BrokerConnection> {
    if (this.#serving !== undefined) {
      await handshakeAtBroker(this.#serving.broker, mechanism)
      return this.#serving.broker
    }
    this.#broker?.end()
    this.#broker = undefined
    const { clusters, limits } = this.#parts
    const cluster = clusterOf(this.#parts, tenant)
    const dial = {
      cluster,
      addresses: clusters.addressesOf(cluster, this.arrival.nodeId, Date.now()),
      timeoutMs: limits.dialMs,
      greet: (fresh: BrokerConnection, timeoutMs: number) => handshakeAtBroker(fresh, mechanism, timeoutMs),
      away: (address: Endpoint) => clusters.away(address, Date.now()),
    }
    let broker: BrokerConnection | undefined
    broker = await dialBroker(dial, {
      drained: () => this.gate.release('brokerSlow'),
      ended: (error) => {
        if (broker !== undefined && this.#broker === broker) this.#happen('brokerLeft', { error })
      },
      reading: (isReading, bytes) => this.#brokerReads(isReading, bytes),
    })
    if (this.#state === 'closed') broker.end()
    else this.#broker = broker
    return broker
  }

  #happen(event: Event, input: Input): void {
    const { next, action } = transitionOf(this.#state, event)
    this.#state = next
    const { request, step, error } = input
    switch (action) {
      case 'answerVersions':
        if (request?.header) this.#answerVersions(request.header)
        break
      case 'answerHandshake':
        if (request) this.#logIn.answerHandshake(request)
        break
      case 'takeToken':
        if (request) this.#guardLater(this.#logIn.takeToken(request))
        break
      case 'logInByCertificate':
        if (this.arrival.certified) this.#guardLater(this.#logIn.byCertificate(this.arrival.certified))
        break
      case 'sendToken':
        step?.reply?.place.write(step.reply.answer, true)
        break
      case 'startServing':
        if (step) this.#startServing(step)
        break
      case 'forward':
        if (request?.header) this.#serving?.forward(request.header, request.frame)
        break
      case 'drain':
        if (!this.#reader.isPassing) this.gate.hold('draining')
        this.#lineAdvanced()
        break
      case 'end':
      case 'destroy':
      case 'reject':
        this.#close(action, error ?? goingAway())
        break
      case 'ignore':
        break
    }
  }

  #answerVersions(header: RequestHeader): void {
    const known = this.#parts.versions.seenFrom(this.#serving?.tenant.cluster)
    this.line.join().write(apiVersionsAnswer(known, header.apiVersion, header.correlationId), true)
  }

  #startServing({ identity, reply }: LogInStep): void {
    if (identity === undefined || this.#broker === undefined) return
    try {
      this.#traffic = this.#owner.admit(this, identity.tenant)
    } catch (thrown) {
      this.#logIn.refuse(reply, asKaasError(thrown))
      return
    }
    this.#logIn.noteSuccess(identity)
    this.#serving = new Serving(this.#parts, identity, this.#broker, this, this.#traffic.byApi)
    this.#reader.limitBytes = this.#parts.limits.frameBytes
    reply?.place.write(reply.answer, true)
  }

  #receive(chunk: Buffer): void {
    if (this.#traffic !== undefined) this.#traffic.bytesFromClients += chunk.length
    this.#serving?.allowance.received(chunk.length)
    this.#guard(() => this.#reader.push(chunk))
  }

  #stopReading(): void {
    this.#reader.hold()
    this.#socket.pause()
  }

  #goOnReading(): void {
    if (this.#state === 'closed') return
    this.#socket.resume()
    this.#guard(() => this.#reader.release())
  }

  /** The tenant has moved more than it ordered: its next requests wait (KIP-219). */
  #rest(waitMs: number): void {
    this.gate.hold('throttled')
    if (this.#traffic !== undefined) this.#traffic.restedMs += waitMs
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => this.gate.release('throttled'), waitMs)
  }

  #guard(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.fail(asKaasError(error))
    }
  }

  /** What fails in a way that nobody thought of ends this connection and no other. */
  #guardLater(work: Promise<void>): void {
    work.catch((error: unknown) => this.fail(asKaasError(error)))
  }

  #brokerReads(isReading: boolean, bytes: number): void {
    if (isReading) {
      this.#writer.collect()
      if (this.#traffic !== undefined) this.#traffic.bytesToClients += bytes
      this.#serving?.allowance.sent(bytes)
      return
    }
    this.#writer.flush()
    const broker = this.#broker
    if (broker !== undefined && broker.asks === 0 && this.line.parkedBytes > MOST_PARKED_BYTES) broker.gate.hold('parked')
  }

  #writeToClient(bytes: Buffer, isBorrowed: boolean): void {
    if (this.#state === 'closed') return
    if (isBorrowed) this.#writer.writeBorrowed(bytes)
    else this.#writer.write(bytes)
  }

  #clientSlow(): void {
    this.#broker?.gate.hold('clientSlow')
    this.gate.hold('clientSlow')
  }

  #clientDrained(): void {
    this.#broker?.gate.release('clientSlow')
    this.gate.release('clientSlow')
  }

  #lineAdvanced(): void {
    if (this.line.length < this.#parts.limits.requestsInFlight) this.gate.release('lineFull')
    if (this.line.parkedBytes <= MOST_PARKED_BYTES) this.#broker?.gate.release('parked')
    if (this.line.length === 0) this.#happen('answered', {})
  }

  #close(how: 'end' | 'destroy' | 'reject', error: KaasError): void {
    clearTimeout(this.#resting)
    this.#logIn.closed()
    if (how === 'end') this.#end(error)
    else this.#destroy(how === 'reject' ? beforeLogIn() : error)
  }

  /** Sends what was written, says goodbye, and does not wait long for the client to do the same. */
  #end(error: KaasError): void {
    this.#broker?.end()
    this.#writer.flush()
    this.#socket.end()
    this.#socket.removeAllListeners('data').resume()
    setTimeout(() => this.#socket.destroy(), GOODBYE_MS).unref()
    this.#owner.ended(this, error)
  }

  #destroy(error: KaasError): void {
    this.#broker?.end()
    this.#socket.destroy()
    this.#owner.ended(this, error)
  }
}

/** What an action needs: which part depends on the event. */
interface Input {
  readonly request?: SaslRequest
  readonly step?: LogInStep
  readonly error?: KaasError
}
