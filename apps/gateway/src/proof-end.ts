// SPDX-License-Identifier: Apache-2.0
/**
 * Until when one connection may be served: a certificate or a bearer token says who the client is for a time, a password has no end.
 * Who logs in again has the end of the later proof.
 */
import type { KaasError } from '@kaas/errors'
import { proofEnded } from './connection-end.ts'
import type { Identity } from './sasl/log-in.ts'

/** The end of the proof of one connection. */
export class ProofEnd {
  #atMs: number | undefined

  /** Somebody has logged in by this proof. */
  renew(identity: Identity): void {
    this.#atMs = identity.proof?.endsAtMs
  }

  /** Why the connection must end now, or undefined. */
  check(nowMs: number): KaasError | undefined {
    return this.#atMs !== undefined && nowMs > this.#atMs ? proofEnded() : undefined
  }
}
