// SPDX-License-Identifier: Apache-2.0
/** What the parts of a message may ask of the list that it came from. */

/** Asks anew with one more term, or shows one more path as a column. */
export interface DetailActions {
  readonly onFilter: (term: string) => void
  readonly onColumn: (path: string) => void
}
