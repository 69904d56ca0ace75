// SPDX-License-Identifier: Apache-2.0
/**
 * The thirteen kinds of failure and what each means at every edge (design section 12). A kind says who is to blame and
 * whether trying again can help. This table is the only place that knows a status code.
 */

/** What a failure means, whatever caused it. Closed: a new failure gets a new code, not a new kind. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'absent'
  | 'conflict'
  | 'refused'
  | 'exhausted'
  | 'unsupported'
  | 'unavailable'
  | 'timeout'
  | 'cancelled'
  | 'corrupt'
  | 'bug'

/** How one kind shows at each edge. `kafka` is a Kafka error code; `retriable` says that the same call may succeed later. */
export interface KindMeaning {
  readonly meaning: string
  readonly http: number
  readonly kafka: number
  readonly exit: number
  readonly retriable: boolean
}

/** The table of design section 12. HTTP 499 is nginx's "client closed request". */
export const KINDS: Readonly<Record<ErrorKind, KindMeaning>> = {
  invalid: { meaning: 'wrong whatever the state', http: 400, kafka: 42, exit: 2, retriable: false },
  unauthenticated: { meaning: 'who are you', http: 401, kafka: 58, exit: 3, retriable: false },
  forbidden: { meaning: 'not yours', http: 403, kafka: 29, exit: 4, retriable: false },
  absent: { meaning: 'does not exist, or exists for someone else', http: 404, kafka: 3, exit: 5, retriable: false },
  conflict: { meaning: 'exists already, or changed meanwhile', http: 409, kafka: 36, exit: 6, retriable: false },
  refused: { meaning: 'policy says no in this state', http: 422, kafka: 44, exit: 7, retriable: false },
  exhausted: { meaning: 'quota or rate', http: 429, kafka: 89, exit: 8, retriable: true },
  unsupported: { meaning: 'we do not do that', http: 501, kafka: 35, exit: 9, retriable: false },
  unavailable: { meaning: 'a dependency is away', http: 503, kafka: 15, exit: 10, retriable: true },
  timeout: { meaning: 'took too long, outcome unknown', http: 504, kafka: 7, exit: 11, retriable: true },
  cancelled: { meaning: 'the caller left', http: 499, kafka: 7, exit: 12, retriable: false },
  corrupt: { meaning: 'bytes or stored data that cannot be', http: 500, kafka: 2, exit: 13, retriable: false },
  bug: { meaning: 'our fault', http: 500, kafka: -1, exit: 1, retriable: false },
}
