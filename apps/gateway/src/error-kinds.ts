// SPDX-License-Identifier: Apache-2.0
/** Kinds of errors that brokers answer, few enough for a label of metrics. */
import { ERROR_CODES, isRetriable } from '@kaas/kafka-protocol'

/**
 * `not-authorized`: Kafka's own rights. `retriable`: the same request may succeed later; clients try again by themselves. `server`: the
 * broker does not know either. `other`: what is asked for cannot be, as far as the broker knows.
 */
export const ERROR_KINDS = ['not-authorized', 'retriable', 'server', 'other'] as const
export type ErrorKind = (typeof ERROR_KINDS)[number]

const REFUSALS: ReadonlySet<number> = new Set([
  ERROR_CODES.TOPIC_AUTHORIZATION_FAILED,
  ERROR_CODES.GROUP_AUTHORIZATION_FAILED,
  ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED,
  ERROR_CODES.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
])

/** Undefined for what is no failure: that there is none, and the first half of joining a group. */
export function errorKindOf(code: number): ErrorKind | undefined {
  if (code === ERROR_CODES.NONE || code === ERROR_CODES.MEMBER_ID_REQUIRED) return undefined
  if (REFUSALS.has(code)) return 'not-authorized'
  if (code === ERROR_CODES.UNKNOWN_SERVER_ERROR) return 'server'
  return isRetriable(code) ? 'retriable' : 'other'
}
