// SPDX-License-Identifier: Apache-2.0
/** Takes SCRAM credentials away (KIP-554): from then on nobody can log in with them. */
import { alterUserScramCredentials } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'
import { SCRAM_MECHANISM, type ScramMechanism } from '../kafka-values.ts'
import { oncePerUser } from './upsert-scram-credentials.ts'

/** RESOURCE_NOT_FOUND. */
const ABSENT = 91

/** Deletes each credential; one that is absent already counts as deleted. Old connections live on. */
export async function deleteScramCredentials(
  client: KafkaClient,
  credentials: readonly { readonly user: string; readonly mechanism: ScramMechanism }[],
): Promise<void> {
  for (const round of oncePerUser(credentials)) {
    const deletions = round.map(({ user, mechanism }) => ({ name: user, mechanism: SCRAM_MECHANISM[mechanism] }))
    const answer = await client.ask(alterUserScramCredentials, { deletions, upsertions: [] }, { kind: 'controller' })
    for (const { user, errorCode, errorMessage } of answer.results) {
      if (errorCode !== ABSENT) throwUnlessOk(errorCode, `delete SCRAM credentials of ${user}`, errorMessage)
    }
  }
}
