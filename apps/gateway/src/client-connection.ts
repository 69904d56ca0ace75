// SPDX-License-Identifier: Apache-2.0
/**
 * One client's connection from its TLS handshake to its end: it does what the table in `connection-state.ts` says. The sockets and the
 * backpressure between them are `both-sides.ts`; what happens to a request on its way is `serving.ts` and `pipeline.ts`.
 */
import type { Socket } from 'node:net'
import type { SnapshotTenant } from '@kaas/domain'
import { asKaasError, type KaasError } from '@kaas/errors'
import type { RequestHeader } from '@kaas/kafka-protocol'
import { BothSides } from './both-sides.ts'
import type { BrokerConnection } from './broker-connection.ts'
import { ClientLogIn, type LogInConnection, type LogInStep } from './client-log-in.ts'
import { beforeLogIn, goingAway, tooManyNew, tooSlow } from './connection-end.ts'
import { type Event, type State, transitionOf } from './connection-state.ts'
import { Deadlines } from './deadlines.ts'
import type { Arrival, GatewayParts } from './gateway-parts.ts'
import { Meter } from './meter.ts'
import { ProofEnd } from './proof-end.ts'
import type { ReadGate } from './read-gate.ts'
import { type RequestOwner, RequestReader } from './request-reader.ts'
import type { ResponseLine } from './response-line.ts'
import { type Admitted, Rest } from './rest.ts'
import { handshakeAtBroker, type ScramMechanism } from './sasl/log-in.ts'
import type { SaslRequest } from './sasl/sasl-conversation.ts'
import { type HoldReason, type ServedConnection, Serving } from './serving.ts'
import { apiVersionsAnswer } from './version-ranges.ts'

/** What the owner of connections is told. */
export interface ClientConnectionOwner {
  /** Called once, when the broker has accepted the client. Throws `limit-exceeded` when the tenant has all its connections. */
  admit(connection: ClientConnection, tenant: SnapshotTenant): Admitted
  ended(connection: ClientConnection, error: KaasError): void
}

/** A connection from its TLS handshake to its end. */
export class ClientConnection implements LogInConnection, ServedConnection, RequestOwner {
  readonly arrival: Arrival
  readonly openedAtMs = Date.now()
  readonly #parts: GatewayParts
  readonly #owner: ClientConnectionOwner
  readonly #sides: BothSides
  readonly #reader: RequestReader
  readonly #deadlines: Deadlines
  readonly #proofEnd = new ProofEnd()
  readonly #logIn: ClientLogIn
  #state: State = 'greeting'
  #serving: Serving | undefined
  #meter: Meter | undefined
  #rest: Rest | undefined

  /** Takes over a socket whose TLS handshake is complete. */
  constructor(socket: Socket, arrival: Arrival, parts: GatewayParts, owner: ClientConnectionOwner) {
    this.arrival = arrival
    this.#parts = parts
    this.#owner = owner
    this.#sides = new BothSides(socket, arrival, parts, {
      received: (chunk) => this.#receive(chunk),
      sent: (bytes) => this.#meter?.sent(bytes),
      held: () => this.#reader.hold(),
      released: () => this.#guard(() => this.#reader.release()),
      answered: () => this.#happen('answered', {}),
      clientLeft: (error) => this.fail(error),
      brokerLeft: (error) => this.#happen('brokerLeft', { error }),
    })
    this.#deadlines = new Deadlines(parts.limits.patience, this.openedAtMs)
    this.#reader = new RequestReader(this, parts.limits.loginFrameBytes)
    this.#logIn = new ClientLogIn(parts, this)
    if (arrival.certified !== undefined) this.#happen('certified', {})
  }

  get gate(): ReadGate<HoldReason> {
    return this.#sides.gate
  }

  get line(): ResponseLine {
    return this.#sides.line
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
    this.#meter?.request(apiKey, bytes)
  }

  /** The next request gets its full time; when the gateway stops, there is no next one. */
  ended(): void {
    this.#deadlines.frameEnded()
    if (this.#state === 'draining') this.gate.hold('draining')
    this.#rest?.afterRequest(Date.now())
  }

  /** Closes a client that has been too slow. Called by the owner every second. */
  tick(nowMs: number): void {
    const late = this.#deadlines.check({
      nowMs,
      isAuthenticated: this.#serving !== undefined,
      isBrokersTurn: this.#state === 'loggingIn',
      isInsideFrame: this.#reader.isInsideFrame && !this.gate.isHeld,
      bytesReceived: this.#sides.client.bytesReceived,
      bytesUnsent: this.#sides.client.bytesUnsent,
    })
    const error = late === undefined ? this.#proofEnd.check(nowMs) : tooSlow(late)
    if (error !== undefined) this.fail(error)
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
    if (step.identity !== undefined) this.#proofEnd.renew(step.identity)
    this.#happen(step.identity === undefined ? 'challenged' : 'loggedIn', { step })
  }

  logInRefused(error: KaasError): void {
    this.#happen('refused', { error })
  }

  /** For a first log-in a fresh connection; for another log-in the one there is. */
  async brokerFor(tenant: SnapshotTenant, mechanism: ScramMechanism): Promise<BrokerConnection> {
    if (this.#serving === undefined) return this.#sides.broker.dial(tenant, mechanism)
    await handshakeAtBroker(this.#serving.broker, mechanism)
    return this.#serving.broker
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
        this.#sides.lineAdvanced()
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
    const broker = this.#sides.broker.connection
    if (identity === undefined || broker === undefined) return
    const admitted = this.#admitted(identity.tenant, reply)
    if (admitted === undefined) return
    this.#logIn.noteSuccess(identity)
    const serving = new Serving(this.#parts, identity, broker, this, admitted.traffic.byApi)
    this.#serving = serving
    this.#meter = new Meter(admitted.traffic, serving.allowance)
    this.#rest = new Rest(this.gate, serving.allowance, admitted.traffic)
    this.#reader.limitBytes = this.#parts.limits.frameBytes
    this.#rest.untilTurn(admitted.turn, (isGranted) => {
      if (isGranted) reply?.place.write(reply.answer, true)
      else this.fail(tooManyNew(identity.tenant.name))
    })
  }

  #admitted(tenant: SnapshotTenant, reply: LogInStep['reply']): Admitted | undefined {
    try {
      return this.#owner.admit(this, tenant)
    } catch (error) {
      this.#logIn.refuse(reply, asKaasError(error))
      return undefined
    }
  }

  #receive(chunk: Buffer): void {
    this.#meter?.received(chunk.length)
    this.#guard(() => this.#reader.push(chunk))
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

  #close(how: 'end' | 'destroy' | 'reject', error: KaasError): void {
    this.#rest?.end()
    this.#logIn.closed()
    this.#sides.close(how === 'end' ? 'goodbye' : 'destroy')
    this.#owner.ended(this, how === 'reject' ? beforeLogIn() : error)
  }
}

/** What an action needs: which part depends on the event. */
interface Input {
  readonly request?: SaslRequest
  readonly step?: LogInStep
  readonly error?: KaasError
}
