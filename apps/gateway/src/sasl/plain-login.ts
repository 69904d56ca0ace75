// SPDX-License-Identifier: Apache-2.0
/**
 * PLAIN through the gateway: the client sends name and password inside TLS, and the gateway logs in at the broker by SCRAM with
 * the same. For clients that cannot do SCRAM with Kafka 4. The password is held only while this log-in runs.
 */
import { randomBytes } from 'node:crypto'
import { type SnapshotTenant, tenantOf } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { scramClient } from '@kaas/kafka-protocol'
import { type PlainToken, parsePlain } from './first-message.ts'
import {
  type Identity,
  type Login,
  type LoginStep,
  type LoginSupport,
  refuseEvenly,
  type ScramMechanism,
  tokenAtBroker,
} from './log-in.ts'

const NO_TOKEN = Buffer.alloc(0)

/** A log-in by PLAIN of one client. */
export function plainLogin(support: LoginSupport): Login {
  let claimed: string | undefined
  return {
    claimed: () => claimed,
    next: async (token) => {
      const startedAtMs = Date.now()
      const plain = parsePlain(token)
      claimed = plain.user
      const tenant = support.tenantNamed(tenantOf(plain.user) ?? '')
      if (tenant === undefined) return refuseEvenly(startedAtMs)
      if (support.before !== undefined && support.before.user !== plain.user) return refuseEvenly(startedAtMs)
      for (const mechanism of mechanismsToTry(support.before)) {
        const step = await tryMechanism(mechanism, plain, tenant, support)
        if (step !== undefined) return step
      }
      return refuseEvenly(startedAtMs)
    },
  }
}

/** A broker closes after a refusal, so on a connection that is logged in only the mechanism that worked can be tried. */
function mechanismsToTry(before: Identity | undefined): readonly ScramMechanism[] {
  return before === undefined ? ['SCRAM-SHA-512', 'SCRAM-SHA-256'] : [before.brokerMechanism]
}

/** Undefined when the broker refuses: the user may have a credential of the other kind. */
async function tryMechanism(
  mechanism: ScramMechanism,
  { user, password }: PlainToken,
  tenant: SnapshotTenant,
  support: LoginSupport,
): Promise<LoginStep | undefined> {
  const broker = await support.broker(tenant, mechanism)
  const client = scramClient(mechanism, user, password, randomBytes(24).toString('base64url'))
  const challenge = await tokenAtBroker(broker, support.authenticateVersion, client.first())
  if (challenge === undefined) return undefined
  const final = await tokenAtBroker(broker, support.authenticateVersion, await finalOf(client, challenge.token))
  if (final === undefined) return undefined
  client.verify(final.token)
  const identity = { user, tenant, brokerMechanism: mechanism }
  return { kind: 'success', token: NO_TOKEN, lifetimeMs: final.lifetimeMs, identity }
}

/** A challenge that cannot be read is the broker's fault, not the user's. */
async function finalOf(client: ReturnType<typeof scramClient>, challenge: Buffer): Promise<Buffer> {
  try {
    return await client.finalAsync(challenge)
  } catch (cause) {
    throw new KaasError('kafka-unavailable', { message: 'The broker sent a challenge that cannot be read.', cause })
  }
}
