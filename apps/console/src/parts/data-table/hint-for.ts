// SPDX-License-Identifier: Apache-2.0
/** What a cell says on hover: its text, where that may be cut off. */

/** Characters that fit into the narrowest columns. */
const LONGEST_SHOWN = 14

/** The text itself when it may be too long for its column; undefined for a short one and for what is no text. */
export function hintFor(words: unknown): string | undefined {
  return typeof words === 'string' && words.length > LONGEST_SHOWN ? words : undefined
}
