// SPDX-License-Identifier: Apache-2.0
/**
 * What Kafka's own rights refuse, in the words of the audit log: one event for each user, API and kind of thing, however many things of
 * the kind it was. The first of them is told by name where the answer has it.
 */
import { ERROR_CODES } from '@kaas/kafka-protocol'
import type { Seen } from './journal.ts'

/** Whose request it was. */
export interface RefusedUser {
  readonly tenant: string
  readonly user: string
  readonly api: string
  readonly remoteAddress: string
}

const REFUSALS: ReadonlyMap<number, { readonly rule: string; readonly what: string }> = new Map([
  [ERROR_CODES.TOPIC_AUTHORIZATION_FAILED, { rule: 'topic-authorization-failed', what: 'a topic' }],
  [ERROR_CODES.GROUP_AUTHORIZATION_FAILED, { rule: 'group-authorization-failed', what: 'a group' }],
  [ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED, { rule: 'cluster-authorization-failed', what: 'the cluster' }],
  [
    ERROR_CODES.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    { rule: 'transactional-id-authorization-failed', what: 'a transactional id' },
  ],
])
/** What Kafka takes as a name of a topic. Clients may say anything in place of one, and refusals come before that is looked at. */
const TELLABLE = /^[A-Za-z0-9._-]{1,249}$/

/** Undefined for a code that refuses no right. `name` is the tenant's own. */
export function kafkaRefusalSeen(code: number, name: string | undefined, refused: RefusedUser): Seen | undefined {
  const refusal = REFUSALS.get(code)
  if (refusal === undefined) return undefined
  const { rule, what } = refusal
  const message = `Kafka refused ${what}: the rights of the user do not allow it.`
  const example = name !== undefined && TELLABLE.test(name) ? name : undefined
  return { action: 'refuse', outcome: 'denied', rule, message, ...refused, ...(example === undefined ? {} : { example }) }
}
