// SPDX-License-Identifier: Apache-2.0
/** What is told of the state of the platform. Times are milliseconds by the clock of the database. */

/** The reconcile queue. */
export interface WorkBacklog {
  /** Objects whose time has come, also those being worked on. */
  readonly due: number
  /** How long the oldest of them has been due. */
  readonly oldestDueMs: number
  /** Objects whose last try failed. */
  readonly failing: number
}

/** A gateway that was heard in the last minute or so. */
export interface GatewayHeard {
  readonly node: string
  readonly heardMsAgo: number
}

/** Who does a piece of work for all. */
export interface LeaseState {
  readonly holder: string
  /** Negative once it has run out. */
  readonly leftMs: number
}
