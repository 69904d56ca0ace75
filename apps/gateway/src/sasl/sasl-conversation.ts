// SPDX-License-Identifier: Apache-2.0
/**
 * The client's side of SASL on one connection: reads SaslHandshake and SaslAuthenticate, or the bare tokens that follow a
 * handshake of version 0, and writes their answers. What a mechanism does is in `scram-relay.ts`, `plain-login.ts` and
 * `bearer-login.ts`; when a client may say what is in `connection-state.ts`.
 */
import { type KaasError, toKafka } from '@kaas/errors'
import { decodeRequestBody, encodeResponse, type RequestHeader, saslAuthenticate, saslHandshake } from '@kaas/kafka-protocol'
import type { BearerTokens } from '../bearer-tokens.ts'
import { LENGTH_BYTES } from '../frame-splitter.ts'
import { bearerLogin } from './bearer-login.ts'
import type { Identity, Login, LoginSupport, Mechanism } from './log-in.ts'
import { plainLogin } from './plain-login.ts'
import { scramRelay } from './scram-relay.ts'

const UNSUPPORTED_SASL_MECHANISM = 33

/** A SASL request: a frame with its length in front, and its header unless it is a bare token. */
export interface SaslRequest {
  readonly header: RequestHeader | undefined
  readonly frame: Buffer
}

/** What a token led to, and the bytes that say so to the client. */
export interface TokenResult {
  readonly answer: Buffer
  /** Set when the log-in is complete. */
  readonly identity: Identity | undefined
}

/** How clients may log in on a connection. */
export interface Offer {
  /** Strongest first; none where the certificate has said who it is. */
  readonly mechanisms: readonly Mechanism[]
  readonly bearerTokens: BearerTokens
}

/** The log-ins of one connection: the first, and again when the session's time runs out (KIP-368). */
export class SaslConversation {
  readonly #offer: Offer
  readonly #support: Omit<LoginSupport, 'before' | 'authenticateVersion'>
  #mechanism: Mechanism | undefined
  #hasBareTokens = false
  #login: Login | undefined
  #identity: Identity | undefined

  constructor(offer: Offer, support: Omit<LoginSupport, 'before' | 'authenticateVersion'>) {
    this.#offer = offer
    this.#support = support
  }

  /** The client's mechanism, once chosen. */
  get mechanism(): Mechanism | undefined {
    return this.#mechanism
  }

  /** Who the client says it is in the log-in that is under way. */
  get claimed(): string | undefined {
    return this.#login?.claimed()
  }

  /** After a handshake of version 0 the next frames are tokens without a header, until the log-in is complete. */
  get expectsBareToken(): boolean {
    return this.#hasBareTokens && this.#identity === undefined
  }

  /** Answers SaslHandshake. Not accepted: an unknown mechanism, or another one than before. */
  handshake({ header, frame }: SaslRequest): { readonly answer: Buffer; readonly isAccepted: boolean } {
    if (header === undefined) throw new Error('a handshake has a header')
    const { mechanism } = decodeRequestBody(
      saslHandshake,
      header.apiVersion,
      frame.subarray(LENGTH_BYTES),
      header.bodyOffset,
    )
    const known = this.#offer.mechanisms.find((name) => name === mechanism)
    const isAccepted = known !== undefined && (this.#identity === undefined || known === this.#mechanism)
    if (isAccepted) {
      this.#mechanism = known
      this.#hasBareTokens = header.apiVersion === 0
      this.#login = undefined
    }
    const errorCode = isAccepted ? 0 : UNSUPPORTED_SASL_MECHANISM
    const message = { errorCode, mechanisms: [...this.#offer.mechanisms] }
    return { answer: encodeResponse(saslHandshake, header.apiVersion, header.correlationId, message), isAccepted }
  }

  /** Takes a token. Throws what refuses the log-in; `refusal` then has the bytes for the client. */
  async token(request: SaslRequest): Promise<TokenResult> {
    const { header, frame } = request
    const body = frame.subarray(LENGTH_BYTES)
    const token =
      header === undefined ? body : decodeRequestBody(saslAuthenticate, header.apiVersion, body, header.bodyOffset).authBytes
    this.#login ??= this.#newLogin(header?.apiVersion ?? 0)
    const step = await this.#login.next(token)
    const lifetimeMs = step.kind === 'success' ? step.lifetimeMs : 0n
    if (step.kind === 'success') {
      this.#identity = step.identity
      this.#login = undefined
    }
    const answer = this.#write(header, {
      errorCode: 0,
      errorMessage: null,
      authBytes: step.token,
      sessionLifetimeMs: lifetimeMs,
    })
    return { answer, identity: step.kind === 'success' ? step.identity : undefined }
  }

  /**
   * What a client reads when its log-in fails; empty after a bare token, where closing says it all, and in a version that nobody
   * speaks, as there are no words for it.
   */
  refusal({ header }: SaslRequest, error: KaasError): Buffer {
    const [first, last] = saslAuthenticate.versions
    if (header === undefined || header.apiVersion < first || header.apiVersion > last) return Buffer.alloc(0)
    const errorMessage = error.help === undefined ? error.message : `${error.message} ${error.help}`
    return this.#write(header, {
      errorCode: toKafka(error),
      errorMessage,
      authBytes: Buffer.alloc(0),
      sessionLifetimeMs: 0n,
    })
  }

  #newLogin(clientVersion: number): Login {
    const [, last] = saslAuthenticate.versions
    const support = { ...this.#support, before: this.#identity, authenticateVersion: Math.min(clientVersion, last) }
    switch (this.#mechanism) {
      case 'OAUTHBEARER':
        return bearerLogin(this.#offer.bearerTokens, support)
      case 'PLAIN':
      case undefined:
        return plainLogin(support)
      default:
        return scramRelay(this.#mechanism, support)
    }
  }

  #write(header: RequestHeader | undefined, message: Parameters<typeof writeAuthenticate>[1]): Buffer {
    if (header !== undefined) return writeAuthenticate(header, message)
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeInt32BE(message.authBytes.length)
    return Buffer.concat([length, message.authBytes])
  }
}

function writeAuthenticate(
  header: RequestHeader,
  message: {
    readonly errorCode: number
    readonly errorMessage: string | null
    readonly authBytes: Buffer
    readonly sessionLifetimeMs: bigint
  },
): Buffer {
  return encodeResponse(saslAuthenticate, header.apiVersion, header.correlationId, message)
}
