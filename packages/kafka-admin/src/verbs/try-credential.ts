// SPDX-License-Identifier: Apache-2.0
/** Whether a user can log in: the only way to see that Kafka holds the credential that it should. */
import { KaasError } from '@kaas/errors'
import type { SaltedCredentials } from '../connection/log-in.ts'
import type { KafkaClient } from '../kafka-client.ts'

/** What a login with a credential shows. `untried`: the listener does not offer the mechanism. */
export type CredentialTrial = 'works' | 'refused' | 'untried'

/** Logs in once as the user, on a connection of its own, by the salted value. Throws when the cluster is away. */
export async function tryCredential(client: KafkaClient, credential: SaltedCredentials): Promise<CredentialTrial> {
  try {
    const connection = await client.connectAs(credential)
    await connection.close()
    return 'works'
  } catch (error) {
    if (!(error instanceof KaasError)) throw error
    if (error.code === 'credentials-wrong') return 'refused'
    if (error.code === 'not-supported') return 'untried'
    throw error
  }
}
