// SPDX-License-Identifier: Apache-2.0
/**
 * The log-ins of one client connection as requests and answers: takes handshakes and tokens in the order in which the client sends
 * them, and tells the connection what came of each. The exchange itself is in `sasl/`.
 */
import type { SnapshotTenant } from '@kaas/domain'
import { asKaasError, KaasError } from '@kaas/errors'
import type { BrokerConnection } from './broker-connection.ts'
import type { Arrival, GatewayParts } from './gateway-parts.ts'
import type { ReadGate } from './read-gate.ts'
import type { Place, ResponseLine } from './response-line.ts'
import type { Identity } from './sasl/log-in.ts'
import { SaslConversation, type SaslRequest } from './sasl/sasl-conversation.ts'
import type { HoldReason } from './serving.ts'

/** What a token led to: the bytes that say so, and the place in line where they belong. */
export interface TokenReply {
  readonly place: Place
  readonly answer: Buffer
  readonly request: SaslRequest
  /** Set when the log-in is complete. */
  readonly identity: Identity | undefined
}

/** What a log-in needs of its connection, and tells it. */
export interface LogInConnection {
  readonly arrival: Arrival
  readonly gate: ReadGate<HoldReason>
  readonly line: ResponseLine
  readonly isClosed: boolean
  /** A broker of the tenant on which nobody is logged in; when logged in already, the connection there is. */
  brokerFor(tenant: SnapshotTenant): Promise<BrokerConnection>
  tokenTaken(reply: TokenReply): void
  /** The answer that refuses is on its way: close behind it. */
  logInRefused(error: KaasError): void
}

/** The log-ins of one connection. */
export class ClientLogIn {
  readonly #parts: GatewayParts
  readonly #connection: LogInConnection
  readonly #sasl: SaslConversation

  constructor(parts: GatewayParts, connection: LogInConnection) {
    this.#parts = parts
    this.#connection = connection
    this.#sasl = new SaslConversation({
      tenantNamed: (name) => this.#tenantNamed(name),
      broker: (tenant) => connection.brokerFor(tenant),
    })
  }

  /** Whether the next frame is a token without a header. */
  get expectsBareToken(): boolean {
    return this.#sasl.expectsBareToken
  }

  /** Answers a handshake; an unknown mechanism ends the connection. */
  answerHandshake(request: SaslRequest): void {
    const { answer, isAccepted } = this.#sasl.handshake(request)
    this.#connection.line.join().write(answer, true)
    if (isAccepted) return
    this.#connection.logInRefused(
      new KaasError('not-supported', { message: 'The client asked for a SASL mechanism that is not offered.' }),
    )
  }

  /** Passes a token on. The client is not read until it is answered, so nothing can overtake a log-in. */
  async takeToken(request: SaslRequest): Promise<void> {
    const { gate, line } = this.#connection
    const place = line.join()
    gate.hold('logIn')
    try {
      const result = await this.#sasl.token(request)
      this.#connection.tokenTaken({ ...result, place, request })
    } catch (error) {
      this.refuse({ place, request }, asKaasError(error))
    }
    gate.release('logIn')
  }

  /** Answers a token with the reason why nobody is logged in. */
  refuse({ place, request }: Pick<TokenReply, 'place' | 'request'>, error: KaasError): void {
    if (this.#connection.isClosed) return
    this.count(error.kind === 'unauthenticated' ? 'refused' : 'failed')
    const answer = this.#sasl.refusal(request, error)
    if (answer.length > 0) place.write(answer, true)
    this.#connection.logInRefused(error)
  }

  /** Counts an outcome under the client's mechanism. */
  count(outcome: 'success' | 'refused' | 'failed'): void {
    this.#parts.traffic.countLogIn(this.#sasl.mechanism ?? 'none', outcome)
  }

  #tenantNamed(name: string): SnapshotTenant | undefined {
    const { snapshot } = this.#parts
    if (snapshot.version < 0) {
      throw new KaasError('api-unavailable', {
        message: 'The gateway does not know its tenants yet.',
        help: 'Check that the control plane runs; the gateway connects to it by itself.',
      })
    }
    const tenant = snapshot.tenant(name)
    const called = this.#connection.arrival.tenant
    // Who calls one tenant's host and logs in as another's user is as unknown there as a user who does not exist.
    const isCalled = called === undefined || called === name
    return isCalled && tenant?.paused === false ? tenant : undefined
  }
}
