// SPDX-License-Identifier: Apache-2.0
/** Which client quotas users have (KIP-546). Quotas of client ids and addresses are not the platform's and stay out. */
import { describeClientQuotas } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** The quotas of one user over all her client ids. Rates count per broker. */
export interface UserQuotas {
  readonly user: string
  /** By Kafka's key, as in `producer_byte_rate` → 1048576. */
  readonly values: Readonly<Record<string, number>>
}

const EXACT = 0
const ANY_NAME = 2

/** The quotas of `user`, or of all users that have some. Strict: quotas of a user with a client id are left out. */
export async function describeQuotas(client: KafkaClient, user?: string): Promise<readonly UserQuotas[]> {
  const component =
    user === undefined
      ? { entityType: 'user', matchType: ANY_NAME, match: null }
      : { entityType: 'user', matchType: EXACT, match: user }
  const answer = await client.ask(describeClientQuotas, { components: [component], strict: true })
  throwUnlessOk(answer.errorCode, 'describe quotas', answer.errorMessage)
  return (answer.entries ?? []).flatMap(({ entity, values }) => {
    const name = entity.find(({ entityType }) => entityType === 'user')?.entityName
    if (name === undefined || name === null) return []
    return [{ user: name, values: Object.fromEntries(values.map(({ key, value }) => [key, value])) }]
  })
}
