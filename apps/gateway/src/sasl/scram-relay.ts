// SPDX-License-Identifier: Apache-2.0
/**
 * SCRAM through the gateway: the client and the broker prove themselves to each other, the gateway reads only the user name
 * and passes the messages on. It learns no secret. Where there is nobody to relay to (no such tenant or user), the client
 * gets a challenge that looks real and is refused after its answer, as with a wrong password.
 */
import { tenantOf } from '@kaas/domain'
import { notePace, paceChallenge, paceStranger } from './challenge-pace.ts'
import { isScramFinal, parseScramFirst, type ScramFirst } from './first-message.ts'
import {
  type Asker,
  type Identity,
  type Login,
  type LoginStep,
  type LoginSupport,
  refuseEvenly,
  type ScramMechanism,
  tokenAtBroker,
} from './log-in.ts'
import { noteChallenge, phantomChallenge } from './phantom-challenge.ts'

/** As long as the hash. */
const PROOF_BYTES: Readonly<Record<ScramMechanism, number>> = { 'SCRAM-SHA-512': 64, 'SCRAM-SHA-256': 32 }

/** A log-in by SCRAM of one client. */
export function scramRelay(mechanism: ScramMechanism, support: LoginSupport): Login {
  let claimed: string | undefined
  let relayed: { readonly broker: Asker; readonly identity: Identity; readonly challenge: Buffer } | undefined
  let isChallenged = false

  async function first(token: Buffer): Promise<LoginStep> {
    const startedAtMs = Date.now()
    const message = parseScramFirst(token)
    claimed = message.user
    const identity = identityOf(message, mechanism, support)
    if (identity === undefined) {
      await paceStranger(startedAtMs, support.challengeMs)
      return { kind: 'challenge', token: phantomChallenge(mechanism, message) }
    }
    const broker = await support.broker(identity.tenant, mechanism)
    const challenge = await tokenAtBroker(broker, support.authenticateVersion, token)
    notePace(Date.now() - startedAtMs, challenge === undefined)
    await paceChallenge(startedAtMs, support.challengeMs)
    if (challenge === undefined) return { kind: 'challenge', token: phantomChallenge(mechanism, message) }
    noteChallenge(mechanism, challenge.token)
    relayed = { broker, identity, challenge: challenge.token }
    return { kind: 'challenge', token: challenge.token }
  }

  async function second(token: Buffer): Promise<LoginStep> {
    // From this token on: a client that takes its time must not see whether a broker was asked.
    const startedAtMs = Date.now()
    const asked = relayed
    const mayAsk = asked !== undefined && isScramFinal(token, asked.challenge, PROOF_BYTES[mechanism])
    const final = mayAsk ? await tokenAtBroker(asked.broker, support.authenticateVersion, token) : undefined
    if (asked === undefined || final === undefined) return refuseEvenly(startedAtMs)
    return { kind: 'success', ...final, identity: asked.identity }
  }

  return {
    claimed: () => claimed,
    next: (token) => {
      if (isChallenged) return second(token)
      isChallenged = true
      return first(token)
    },
  }
}

/** Undefined when nobody can log in under this name here. Delegation tokens name no tenant and are refused like strangers. */
function identityOf(message: ScramFirst, brokerMechanism: ScramMechanism, support: LoginSupport): Identity | undefined {
  const { before } = support
  const tenant = support.tenantNamed(tenantOf(message.user) ?? '')
  if (tenant === undefined || message.isTokenId) return undefined
  if (before !== undefined && (before.user !== message.user || before.brokerMechanism !== brokerMechanism)) return undefined
  return { user: message.user, tenant, brokerMechanism }
}
