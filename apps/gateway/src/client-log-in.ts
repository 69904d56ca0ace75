// SPDX-License-Identifier: Apache-2.0
/**
 * The log-ins of one client connection as requests and answers: takes handshakes and tokens in the order in which the client sends
 * them, and tells the connection what came of each. The exchange itself is in `sasl/`.
 */
import type { SnapshotTenant } from '@kaas/domain'
import { asKaasError, KaasError } from '@kaas/errors'
import { logInSeen, refusalSeen } from './audit/log-in-seen.ts'
import type { BrokerConnection } from './broker-connection.ts'
import { clientLeft } from './connection-end.ts'
import type { Arrival, GatewayParts } from './gateway-parts.ts'
import type { ReadGate } from './read-gate.ts'
import type { Place, ResponseLine } from './response-line.ts'
import { type CertifiedUser, logInByCertificate } from './sasl/certificate-login.ts'
import { type Identity, type LoginSupport, MECHANISMS, type ScramMechanism } from './sasl/log-in.ts'
import { SaslConversation, type SaslRequest } from './sasl/sasl-conversation.ts'
import { clusterOf, type HoldReason } from './serving.ts'

/** The bytes that say what a token led to, and the place in line where they belong. */
export interface TokenReply {
  readonly place: Place
  readonly answer: Buffer
  readonly request: SaslRequest
}

/** What a step of a log-in led to. */
export interface LogInStep {
  /** Undefined when there was no token: the certificate said it. */
  readonly reply: TokenReply | undefined
  /** Set when the log-in is complete. */
  readonly identity: Identity | undefined
}

/** What a log-in needs of its connection, and tells it. */
export interface LogInConnection {
  readonly arrival: Arrival
  readonly gate: ReadGate<HoldReason>
  readonly line: ResponseLine
  readonly isClosed: boolean
  /** As `LoginSupport.broker`. */
  brokerFor(tenant: SnapshotTenant, mechanism: ScramMechanism): Promise<BrokerConnection>
  stepTaken(step: LogInStep): void
  /** The answer that refuses is on its way: close behind it. */
  logInRefused(error: KaasError): void
}

/** The same for everybody at the address, so it tells of no user. */
const BLOCKED = new KaasError('credentials-wrong', {
  message: 'Too many log-ins from this address failed; it is blocked for a while.',
  help: 'Correct the password of the clients there, and try again in a minute.',
})

/** Where the attempt to log in stands that counts for the client's address: none, the gateway's turn, or the client's. */
type Attempt = 'none' | 'asked' | 'challenged'

/** The log-ins of one connection. */
export class ClientLogIn {
  readonly #parts: GatewayParts
  readonly #connection: LogInConnection
  readonly #support: Omit<LoginSupport, 'before' | 'authenticateVersion'>
  readonly #sasl: SaslConversation
  #attempt: Attempt = 'none'
  /** Who has logged in once may do it again whatever others at its address do. */
  #isLoggedIn = false

  constructor(parts: GatewayParts, connection: LogInConnection) {
    this.#parts = parts
    this.#connection = connection
    const { tokens, bearerTokens } = parts
    this.#support = {
      tenantNamed: (name) => this.#tenantNamed(name),
      broker: (tenant, mechanism) => connection.brokerFor(tenant, mechanism),
      delegationToken: (tenant, user) => tokens.tokenFor(clusterOf(parts, tenant), user),
      forgetToken: (tenant, user) => tokens.forget(clusterOf(parts, tenant), user),
      challengeMs: parts.limits.challengeMs,
    }
    const byToken = MECHANISMS.filter((name) => name !== 'OAUTHBEARER' || bearerTokens.isOffered)
    const mechanisms = connection.arrival.certified === undefined ? byToken : []
    this.#sasl = new SaslConversation({ mechanisms, bearerTokens }, this.#support)
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
    const error = new KaasError('not-supported', { message: 'The client asked for a SASL mechanism that is not offered.' })
    this.count('failed')
    this.#noteRefusal(error)
    this.#connection.logInRefused(error)
  }

  /** Passes a token on. The client is not read until it is answered, so nothing can overtake a log-in. */
  async takeToken(request: SaslRequest): Promise<void> {
    const { gate, line } = this.#connection
    const place = line.join()
    gate.hold('logIn')
    try {
      await this.#begin()
      const { answer, identity } = await this.#sasl.token(request)
      if (identity === undefined) this.#goOn('challenged')
      else this.#end(false)
      this.#connection.stepTaken({ reply: { answer, place, request }, identity })
    } catch (error) {
      this.refuse({ place, request }, asKaasError(error))
    }
    gate.release('logIn')
  }

  /** The connection has ended. Who leaves a challenge unanswered has tried a password. */
  closed(): void {
    if (this.#attempt === 'challenged') this.#end(true)
  }

  /** Logs in the user of the certificate. The client is not read meanwhile. */
  async byCertificate(certified: CertifiedUser): Promise<void> {
    const { gate } = this.#connection
    gate.hold('logIn')
    try {
      this.#connection.stepTaken({ reply: undefined, identity: await logInByCertificate(certified, this.#support) })
    } catch (error) {
      this.refuse(undefined, asKaasError(error))
    }
    gate.release('logIn')
  }

  /** Answers a token with the reason why nobody is logged in; after a certificate, closing says it. */
  refuse(reply: Pick<TokenReply, 'place' | 'request'> | undefined, error: KaasError): void {
    this.#end(error.kind === 'unauthenticated')
    if (this.#connection.isClosed) return
    this.count(error.kind === 'unauthenticated' ? 'refused' : 'failed')
    this.#noteRefusal(error)
    const answer = reply === undefined ? undefined : this.#sasl.refusal(reply.request, error)
    if (answer !== undefined && answer.length > 0) reply?.place.write(answer, true)
    this.#connection.logInRefused(error)
  }

  /** Counts an outcome under the client's mechanism. */
  count(outcome: 'success' | 'refused' | 'failed'): void {
    this.#parts.traffic.countLogIn(this.#mechanism, outcome)
  }

  /** The client is logged in for the first time, and has its place. */
  noteSuccess({ tenant, user }: Identity): void {
    const { arrival } = this.#connection
    const mechanism = this.#mechanism
    this.count('success')
    this.#isLoggedIn = true
    this.#parts.journal.note(logInSeen({ remote: arrival.remote, mechanism }, tenant.name, user))
    const { id: connection, trace, remote } = arrival
    this.#parts.log.debug({ connection, trace, remote, tenant: tenant.name, user, mechanism }, 'a client logged in')
  }

  get #mechanism(): string {
    return this.#connection.arrival.certified === undefined ? (this.#sasl.mechanism ?? 'none') : 'certificate'
  }

  #noteRefusal(error: KaasError): void {
    const { snapshot, journal } = this.#parts
    const { remote, certified } = this.#connection.arrival
    const isTenant = (name: string) => snapshot.tenant(name) !== undefined
    const claimed = certified?.user ?? this.#sasl.claimed
    const rule = error === BLOCKED ? 'address-blocked' : error.code
    journal.note(refusalSeen({ remote, mechanism: this.#mechanism }, claimed, { rule, message: error.message }, isTenant))
  }

  /** Waits for a place among the undecided log-ins of the client's address. Throws `credentials-wrong` when the address is blocked. */
  async #begin(): Promise<void> {
    if (this.#attempt === 'challenged') {
      this.#attempt = 'asked'
      return
    }
    if (this.#isLoggedIn) return
    const { logInLimits } = this.#parts
    const isWelcome = await logInLimits.enter(this.#connection.arrival.remote, Date.now())
    if (!isWelcome) throw BLOCKED
    this.#attempt = 'asked'
    // While it waited for its turn.
    if (this.#connection.isClosed) throw clientLeft(undefined)
  }

  #goOn(attempt: Attempt): void {
    if (this.#attempt === 'none') return
    this.#attempt = attempt
    // It may have left because a broker was slow.
    if (this.#connection.isClosed) this.#end(false)
  }

  #end(hasFailed: boolean): void {
    if (this.#attempt === 'none') return
    this.#attempt = 'none'
    this.#parts.logInLimits.left(this.#connection.arrival.remote, hasFailed, Date.now())
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
