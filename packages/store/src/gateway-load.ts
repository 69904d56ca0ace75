// SPDX-License-Identifier: Apache-2.0
/** What all living gateways together have of one tenant. */

/** Bytes, requests and new connections a second that clients want, and the connections at other gateways than the one that asks. */
export interface TotalLoad {
  readonly tenant: string
  readonly produce: number
  readonly consume: number
  readonly requests: number
  readonly newConnections: number
  readonly connectionsElsewhere: number
}
