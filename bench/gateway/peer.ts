// SPDX-License-Identifier: Apache-2.0
/** What stands between a client and the broker in a benchmark. */

/** A process, with the processes that it started. */
export interface Peer {
  readonly pid: number
  stop(): void | Promise<void>
}
