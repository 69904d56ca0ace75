// SPDX-License-Identifier: Apache-2.0
/** What the reader's and the writer's compilers are told of a version. */

/** A version of a description: what a compiler asks of it. */
export interface Dialect {
  readonly version: number
  /** Compact lengths, and a tagged section at the end of every struct (KIP-482). */
  readonly flexible: boolean
  /** What the description is, for messages to people: `Metadata request v9`. */
  readonly title: string
}
