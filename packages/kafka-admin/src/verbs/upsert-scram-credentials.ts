// SPDX-License-Identifier: Apache-2.0
/** Gives users SCRAM credentials (KIP-554), from salted values: the password itself is never sent. */
import { alterUserScramCredentials } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'
import { SCRAM_MECHANISM, type ScramMechanism } from '../kafka-values.ts'

/** A credential as RFC 5802 names its parts; make it with `saltPassword`. As good as the password: keep it secret. */
export interface ScramCredential {
  readonly user: string
  readonly mechanism: ScramMechanism
  /** 4096 to 16384. */
  readonly iterations: number
  readonly salt: Uint8Array
  readonly saltedPassword: Uint8Array
}

/** Sets each credential, in place of the user's former one of the same mechanism. Old connections live on. */
export async function upsertScramCredentials(client: KafkaClient, credentials: readonly ScramCredential[]): Promise<void> {
  for (const round of oncePerUser(credentials)) {
    const upsertions = round.map(({ user, mechanism, iterations, salt, saltedPassword }) => ({
      name: user,
      mechanism: SCRAM_MECHANISM[mechanism],
      iterations,
      salt,
      saltedPassword,
    }))
    const answer = await client.ask(alterUserScramCredentials, { deletions: [], upsertions }, { kind: 'controller' })
    for (const { user, errorCode, errorMessage } of answer.results) {
      throwUnlessOk(errorCode, `set SCRAM credentials of ${user}`, errorMessage)
    }
  }
}

/** Kafka takes each user once per request (DUPLICATE_RESOURCE): the first credential of each, then the second of each. */
export function oncePerUser<T extends { readonly user: string }>(credentials: readonly T[]): readonly (readonly T[])[] {
  const rounds: T[][] = []
  const seen = new Map<string, number>()
  for (const credential of credentials) {
    const round = seen.get(credential.user) ?? 0
    seen.set(credential.user, round + 1)
    rounds[round] = [...(rounds[round] ?? []), credential]
  }
  return rounds
}
