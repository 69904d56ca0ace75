// SPDX-License-Identifier: Apache-2.0
/**
 * What every mechanism shares: the shape of a log-in, what it needs from the connection, and the one way in which it fails.
 * Unknown tenant, unknown user and wrong password must look the same and take about the same time (SPEC A2).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { SnapshotTenant } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { type Api, type RequestInput, type ResponseOf, saslAuthenticate, saslHandshake } from '@kaas/kafka-protocol'
import type { DelegationToken } from '../delegation-tokens.ts'

/** From the first token to the answer that refuses it, in milliseconds. Longer than brokers wait before they refuse. */
export const FAILURE_AFTER_MS = 500

/** Mechanisms offered, strongest first. */
export const MECHANISMS = ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN', 'OAUTHBEARER'] as const
export type Mechanism = (typeof MECHANISMS)[number]
export type ScramMechanism = Exclude<Mechanism, 'PLAIN' | 'OAUTHBEARER'>

/** The broker's side, as far as a log-in needs it. */
export interface Asker {
  ask<A extends Api>(api: A, version: number, request: RequestInput<A>, timeoutMs?: number): Promise<ResponseOf<A>>
}

/** Whom the broker accepted. */
export interface Identity {
  /** The full name `<tenant>.<name>`. */
  readonly user: string
  readonly tenant: SnapshotTenant
  /** The mechanism used at the broker. */
  readonly brokerMechanism: ScramMechanism
  /** What said who it is, and until when; undefined where the broker itself has checked a password. */
  readonly proof?: { readonly kind: 'certificate' | 'bearer'; readonly endsAtMs: number }
}

/** What one token of the client led to. Refusals are thrown, as `credentials-wrong` or what made the broker unreachable. */
export type LoginStep =
  | { readonly kind: 'challenge'; readonly token: Buffer }
  | { readonly kind: 'success'; readonly token: Buffer; readonly lifetimeMs: bigint; readonly identity: Identity }

/** One log-in from the first token to the last; not used again after a success or a throw. */
export interface Login {
  /** Who the client says it is, as soon as it said so: the full name, or anything else that it sent. */
  claimed(): string | undefined
  next(token: Buffer): Promise<LoginStep>
}

/** What a log-in needs. */
export interface LoginSupport {
  /** The tenant if it is there and not paused; throws `kafka-unavailable` while the gateway has no snapshot at all. */
  tenantNamed(name: string): SnapshotTenant | undefined
  /**
   * A broker of the tenant's cluster on which nobody is logged in, and to which the mechanism was named; in a log-in again the
   * connection there is.
   */
  broker(tenant: SnapshotTenant, mechanism: ScramMechanism): Promise<Asker>
  /** A delegation token of the user on the tenant's cluster. */
  delegationToken(tenant: SnapshotTenant, user: string): Promise<DelegationToken>
  /** The broker did not take the token: the next call of `delegationToken` makes another one. */
  forgetToken(tenant: SnapshotTenant, user: string): void
  /** The version of SaslAuthenticate towards the broker: 0 when the client cannot log in again, so the broker does not ask it. */
  readonly authenticateVersion: number
  /** Every SCRAM challenge takes so long, in milliseconds. */
  readonly challengeMs: number
  /** In a log-in again (KIP-368): who it was before; user and mechanism must stay. */
  readonly before: Identity | undefined
}

/** Names `mechanism` at the broker. Throws `not-supported` when the cluster lacks it. */
export async function handshakeAtBroker(broker: Asker, mechanism: ScramMechanism, timeoutMs?: number): Promise<void> {
  const answer = await broker.ask(saslHandshake, 1, { mechanism }, timeoutMs)
  if (answer.errorCode === 0) return
  throw new KaasError('not-supported', {
    message: `The Kafka cluster does not offer ${mechanism}; it offers ${answer.mechanisms.join(', ')}.`,
    help: 'Choose another mechanism, or enable this one in sasl.enabled.mechanisms of the brokers.',
  })
}

/** Sends a token to the broker; undefined when the broker refuses it. */
export async function tokenAtBroker(
  broker: Asker,
  version: number,
  token: Buffer,
): Promise<{ readonly token: Buffer; readonly lifetimeMs: bigint } | undefined> {
  const answer = await broker.ask(saslAuthenticate, version, { authBytes: token })
  return answer.errorCode === 0 ? { token: answer.authBytes, lifetimeMs: answer.sessionLifetimeMs } : undefined
}

/** Waits until the time of all refusals has come, counted from the token that is refused, then throws the one refusal there is. */
export async function refuseEvenly(startedAtMs: number): Promise<never> {
  const leftMs = startedAtMs + FAILURE_AFTER_MS - Date.now()
  if (leftMs > 0) await sleep(leftMs)
  throw new KaasError('credentials-wrong', {
    message: 'Authentication failed: the user name or the password is wrong.',
    help: 'Use the full name <tenant>.<user> and the password shown when the user was created.',
  })
}

/** Whether the user logs in by this proof. The broker trusts the gateway here, so a name that is not listed is a stranger's. */
export function isExternalUser({ externalUsers }: SnapshotTenant, user: string, proof: 'certificate' | 'bearer'): boolean {
  return externalUsers?.some((each) => each.name === user && each.proof === proof) === true
}
