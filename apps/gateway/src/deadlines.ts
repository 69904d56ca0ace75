// SPDX-License-Identifier: Apache-2.0
/**
 * When a client has been too slow: pure bookkeeping over the time, fed by the connection's tick. A connection is never closed for
 * being slow while it is the gateway that does not read it.
 */

/** The bounds of one connection. */
export interface Patience {
  /** From the first byte to a complete log-in. */
  readonly logInMs: number
  /** From the first byte of a request to its last, plus one second for every `leastBytesPerSecond` that came. */
  readonly frameMs: number
  /** How long a client may take nothing of what is written to it. */
  readonly writeMs: number
}

/** A client this slow over a whole request is taken for broken. */
const LEAST_BYTES_PER_SECOND = 32 * 1024

/** What the tick sees of a connection. */
export interface Observation {
  readonly nowMs: number
  readonly isAuthenticated: boolean
  /** The client has sent its part of the log-in and the broker has not answered it. */
  readonly isBrokersTurn: boolean
  /** The client has begun a request and not ended it, and the gateway is reading. */
  readonly isInsideFrame: boolean
  readonly bytesReceived: number
  /** Bytes written that the client has not taken. */
  readonly bytesUnsent: number
}

/** Watches one connection. */
export class Deadlines {
  readonly #patience: Patience
  readonly #openedAtMs: number
  #frame: { readonly sinceMs: number; readonly bytesBefore: number } | undefined
  #stuck: { readonly sinceMs: number; readonly bytesUnsent: number } | undefined

  constructor(patience: Patience, nowMs: number) {
    this.#patience = patience
    this.#openedAtMs = nowMs
  }

  /** A request has ended: the next one gets its full time. */
  frameEnded(): void {
    this.#frame = undefined
  }

  /** Why the connection must end now, or undefined. */
  check(seen: Observation): string | undefined {
    const { nowMs } = seen
    if (!seen.isAuthenticated && nowMs - this.#openedAtMs > this.#patience.logInMs) {
      return seen.isBrokersTurn ? 'the broker did not answer its log-in in time' : 'it did not log in in time'
    }
    if (this.#isFrameLate(seen)) return 'it did not finish a request in time'
    if (this.#isStuck(seen)) return 'it does not read what is sent to it'
    return undefined
  }

  #isFrameLate({ nowMs, isInsideFrame, bytesReceived }: Observation): boolean {
    if (!isInsideFrame) {
      this.#frame = undefined
      return false
    }
    this.#frame ??= { sinceMs: nowMs, bytesBefore: bytesReceived }
    const earnedMs = ((bytesReceived - this.#frame.bytesBefore) / LEAST_BYTES_PER_SECOND) * 1000
    return nowMs - this.#frame.sinceMs > this.#patience.frameMs + earnedMs
  }

  #isStuck({ nowMs, bytesUnsent }: Observation): boolean {
    if (bytesUnsent === 0 || bytesUnsent !== this.#stuck?.bytesUnsent) {
      this.#stuck = { sinceMs: nowMs, bytesUnsent }
      return false
    }
    return nowMs - this.#stuck.sinceMs > this.#patience.writeMs
  }
}
