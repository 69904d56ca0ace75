// SPDX-License-Identifier: Apache-2.0
/**
 * Short-lived delegation tokens (KIP-48, KIP-373): with one the gateway logs in at a broker as a user whom it has recognised itself, by
 * certificate or by bearer token. Kafka's rights and quotas then hold as for every other user. Tokens live in memory only.
 */
import { type SnapshotCluster, tenantOf } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import {
  type Api,
  createDelegationToken,
  ERROR_CODES,
  expireDelegationToken,
  type RequestInput,
  type ResponseOf,
} from '@kaas/kafka-protocol'

/** A token as SCRAM takes it: the id stands for the user name, the HMAC in base64 for the password. */
export interface DelegationToken {
  readonly id: string
  readonly secret: string
  readonly expiresAtMs: number
}

/** Asks a cluster with the gateway's own identity, which must be allowed to create tokens for users. */
export interface TokenIssuer {
  ask<A extends Api>(cluster: SnapshotCluster, api: A, request: RequestInput<A>): Promise<ResponseOf<A>>
}

interface KeptToken {
  readonly cluster: SnapshotCluster
  readonly user: string
  readonly token: Promise<DelegationToken>
}

/** How long a token may be used. Connections that are logged in outlive it; only new log-ins need a new one. */
const LIFETIME_MS = 60 * 60_000
const NOT_ALLOWED: readonly number[] = [
  ERROR_CODES.DELEGATION_TOKEN_AUTHORIZATION_FAILED,
  ERROR_CODES.TOPIC_AUTHORIZATION_FAILED,
  ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED,
]

/** The tokens of one gateway, by cluster and user. */
export class DelegationTokens {
  readonly #issuer: TokenIssuer
  readonly #tokens = new Map<string, KeptToken>()

  constructor(issuer: TokenIssuer) {
    this.#issuer = issuer
  }

  /**
   * A token of the user with at least half of its life left, made when there is none. Throws `not-supported` when the cluster has no
   * delegation tokens, and `credentials-missing` when the gateway may not make any.
   */
  async tokenFor(cluster: SnapshotCluster, user: string): Promise<DelegationToken> {
    const key = keyOf(cluster, user)
    const kept = this.#tokens.get(key)
    const known = await kept?.token.catch(() => undefined)
    if (known !== undefined && known.expiresAtMs - Date.now() > LIFETIME_MS / 2) return known
    // Who comes while another one asks waits for the same token.
    const now = this.#tokens.get(key)
    if (now !== undefined && now !== kept) return await now.token
    const token = this.#create(cluster, user)
    this.#tokens.set(key, { cluster, user, token })
    return await token
  }

  /** Forgets a token that a broker did not take. */
  forget(cluster: SnapshotCluster, user: string): void {
    this.#tokens.delete(keyOf(cluster, user))
  }

  /** Ends the tokens of a tenant's users who are not listed any more, so that they are of no use to anyone. */
  async keepOnly(tenant: string, users: ReadonlySet<string>): Promise<void> {
    const gone = [...this.#tokens.values()].filter(({ user }) => tenantOf(user) === tenant && !users.has(user))
    for (const { cluster, user } of gone) this.forget(cluster, user)
    for (const { cluster, token } of gone) {
      const made = await token.catch(() => undefined)
      if (made === undefined) continue
      const hmac = Buffer.from(made.secret, 'base64')
      await this.#issuer.ask(cluster, expireDelegationToken, { hmac, expiryTimePeriodMs: -1n })
    }
  }

  async #create(cluster: SnapshotCluster, user: string): Promise<DelegationToken> {
    const answer = await this.#issuer.ask(cluster, createDelegationToken, {
      ownerPrincipalType: 'User',
      ownerPrincipalName: user,
      renewers: [],
      maxLifetimeMs: BigInt(LIFETIME_MS),
    })
    if (answer.errorCode !== 0) throw refusalOf(cluster.name, answer.errorCode)
    return {
      id: answer.tokenId,
      secret: answer.hmac.toString('base64'),
      expiresAtMs: Number(answer.expiryTimestampMs),
    }
  }
}

function keyOf(cluster: SnapshotCluster, user: string): string {
  return `${cluster.name} ${user}`
}

function refusalOf(cluster: string, errorCode: number): KaasError {
  if (errorCode === ERROR_CODES.DELEGATION_TOKEN_AUTH_DISABLED) {
    return new KaasError('not-supported', {
      message: `The Kafka cluster "${cluster}" has no delegation tokens, which log-ins by certificate or bearer token need.`,
      help: 'Set delegation.token.secret.key on its brokers.',
    })
  }
  return new KaasError(NOT_ALLOWED.includes(errorCode) ? 'credentials-missing' : 'kafka-unavailable', {
    message: `The Kafka cluster "${cluster}" gives the gateway no delegation token (error ${errorCode}).`,
    help: 'Make the login of KAAS_SERVICE_CREDENTIALS_FILE a super user, or allow it CreateTokens on users.',
  })
}
