// SPDX-License-Identifier: Apache-2.0
/** Moments by the clock of the database. */
import { sql } from 'kysely'

/** So many milliseconds from now; before now when negative. */
export function fromNow(milliseconds: number) {
  return sql<Date>`now() + ${milliseconds} * interval '1 millisecond'`
}
