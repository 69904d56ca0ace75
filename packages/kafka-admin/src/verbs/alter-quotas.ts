// SPDX-License-Identifier: Apache-2.0
/** Sets and removes the client quotas of a user (KIP-546). */
import { alterClientQuotas } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** Quotas to set by Kafka's key (rates count per broker), and keys to remove. */
export interface QuotaChange {
  readonly set: Readonly<Record<string, number>>
  readonly remove: readonly string[]
}

/** Changes the quotas of `user` over all her client ids; the others stay. Removing an absent one is no error. */
export async function alterQuotas(client: KafkaClient, user: string, change: QuotaChange): Promise<void> {
  const ops = [
    ...Object.entries(change.set).map(([key, value]) => ({ key, value, remove: false })),
    ...change.remove.map((key) => ({ key, value: 0, remove: true })),
  ]
  const entries = [{ entity: [{ entityType: 'user', entityName: user }], ops }]
  const answer = await client.ask(alterClientQuotas, { entries, validateOnly: false }, { kind: 'controller' })
  for (const { errorCode, errorMessage } of answer.entries) throwUnlessOk(errorCode, `set quotas of ${user}`, errorMessage)
}
