// SPDX-License-Identifier: Apache-2.0
/**
 * Who asks, after she was recognised: what sign-in knows about a caller. What she may do is not here; rights turn a principal into
 * grants.
 */
import type { RightScope } from '@kaas/domain'

/** A recognised caller of one request. */
export interface Principal {
  /**
   * `person`: a session of somebody from an identity provider. `token`: a token of the API. `bootstrap`: the bootstrap administrator, by
   * her session or by the token of KAAS_TOKEN_FILE; she may everything. `gateway`: the gateways' token, which reads the snapshot.
   * `api-server`: the token of API servers of Kubernetes, which brings their audit log.
   */
  readonly kind: 'person' | 'token' | 'bootstrap' | 'gateway' | 'api-server'
  /** The name that bindings and audit know: a person's, also for her personal tokens; `token:<id>` for a machine's token. */
  readonly name: string
  /** As of the last sign-in; for a personal token those of its owner. Prefixed where the provider has a prefix. */
  readonly groups: readonly string[]
  /** Id of the identity provider that vouches for the name (for a personal token: for its owner), `bootstrap`, `token`, `gateway` or `api-server`. */
  readonly provider: string
  /** Present exactly for tokens. */
  readonly token?: TokenPrincipal
  /** Present exactly for sessions: the public id, which is not the secret of the cookie. */
  readonly sessionId?: string
  /** What let the request in, for the audit: `session`, `personal-token`, `machine-token`, `bootstrap-administrator`, `gateway-token`,
   * `api-server-token`.
   */
  readonly rule: string
}

/**
 * What is special about a token. A personal one may what its owner may now, and of that at most what `limit` gives; the owner is the
 * bootstrap administrator when the provider is `bootstrap`. A machine's may what `limit` gives, and nothing by names or groups.
 */
export interface TokenPrincipal {
  readonly id: string
  readonly kind: 'personal' | 'machine'
  /** Name of the person who made it. */
  readonly owner: string
  readonly limit: { readonly role: string; readonly scope: RightScope }
}
