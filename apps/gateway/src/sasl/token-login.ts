// SPDX-License-Identifier: Apache-2.0
/**
 * The log-in at the broker in the place of a user whom the gateway itself has recognised, by certificate or by bearer token: SCRAM with
 * a delegation token of that user (KIP-48). The broker sees the user, not the gateway.
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SnapshotTenant } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { scramClient } from '@kaas/kafka-protocol'
import { type LoginSupport, tokenAtBroker } from './log-in.ts'

/** The part of the support that a log-in with a token needs. */
export type TokenSupport = Pick<LoginSupport, 'broker' | 'authenticateVersion' | 'delegationToken' | 'forgetToken'>

/** A token reaches the other brokers a moment after it was made; one that was revoked never does. */
const TRIES = 5
const PAUSE_MS = 150

/** The mechanism used at the broker. */
export const TOKEN_MECHANISM = 'SCRAM-SHA-512'

/** Logs in and resolves with the session's lifetime in ms, 0 for no end. Throws `kafka-unavailable` when the broker takes no token. */
export async function logInByToken(support: TokenSupport, tenant: SnapshotTenant, user: string): Promise<bigint> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const lifetimeMs = await tryToken(support, tenant, user)
    if (lifetimeMs !== undefined) return lifetimeMs
    if (attempt === TRIES - 1) support.forgetToken(tenant, user)
    await sleep(PAUSE_MS)
  }
  throw new KaasError('kafka-unavailable', {
    message: `The Kafka cluster "${tenant.cluster}" does not take the delegation token of "${user}".`,
    help: 'Set the same delegation.token.secret.key on all its brokers.',
  })
}

async function tryToken(support: TokenSupport, tenant: SnapshotTenant, user: string): Promise<bigint | undefined> {
  const { id, secret } = await support.delegationToken(tenant, user)
  const broker = await support.broker(tenant, TOKEN_MECHANISM)
  const nonce = randomBytes(24).toString('base64url')
  const client = scramClient(TOKEN_MECHANISM, id, secret, nonce, { tokenAuth: true })
  const challenge = await tokenAtBroker(broker, support.authenticateVersion, client.first())
  if (challenge === undefined) return undefined
  const final = await tokenAtBroker(broker, support.authenticateVersion, await client.finalAsync(challenge.token))
  if (final === undefined) return undefined
  client.verify(final.token)
  return final.lifetimeMs
}
