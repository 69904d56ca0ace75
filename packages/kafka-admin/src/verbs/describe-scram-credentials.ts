// SPDX-License-Identifier: Apache-2.0
/** Which users have which SCRAM credentials (KIP-554). Kafka tells mechanism and iterations, never the salted value. */
import { describeUserScramCredentials } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'
import { SCRAM_MECHANISM, type ScramMechanism, wordFor } from '../kafka-values.ts'

/** One user with at least one credential. */
export interface ScramUser {
  readonly user: string
  readonly credentials: readonly { readonly mechanism: ScramMechanism; readonly iterations: number }[]
}

/** RESOURCE_NOT_FOUND: the user has no credential. */
const ABSENT = 91

/** The users of `users` that have credentials; all users of the cluster when `users` is absent. */
export async function describeScramCredentials(
  client: KafkaClient,
  users?: readonly string[],
): Promise<readonly ScramUser[]> {
  if (users?.length === 0) return []
  const answer = await client.ask(describeUserScramCredentials, { users: users?.map((name) => ({ name })) ?? null })
  throwUnlessOk(answer.errorCode, 'describe SCRAM credentials', answer.errorMessage)
  return answer.results.flatMap(({ user, errorCode, errorMessage, credentialInfos }) => {
    if (errorCode === ABSENT) return []
    throwUnlessOk(errorCode, `describe SCRAM credentials of ${user}`, errorMessage)
    const credentials = credentialInfos.flatMap(({ mechanism, iterations }) => {
      const word = wordFor(SCRAM_MECHANISM, mechanism)
      return word === undefined ? [] : [{ mechanism: word, iterations }]
    })
    return [{ user, credentials }]
  })
}
