// SPDX-License-Identifier: Apache-2.0
/**
 * Which port stands for which broker: the bootstrap port for any, then one port per node id (design 6.4, addressing `port`).
 * The same port serves the nodes of that id in all clusters: the tenant's cluster is known after the log-in.
 */
import type { Endpoint } from './step.ts'

const LAST_PORT = 65_535

/** Translates between node ids and ports of one listener. */
export interface PortAddressing {
  /** The port on which clients reach node `nodeId`, or undefined when there is no such port (a negative id, or beyond 65535). */
  portOf(nodeId: number): number | undefined
  /** What clients are told. Undefined as for `portOf`. */
  endpointOf(nodeId: number): Endpoint | undefined
}

/** Ports behind `bootstrapPort`, advertised under `advertisedHost`. */
export function portAddressing(advertisedHost: string, bootstrapPort: number): PortAddressing {
  const portOf = (nodeId: number): number | undefined => {
    const port = bootstrapPort + 1 + nodeId
    return nodeId >= 0 && port <= LAST_PORT ? port : undefined
  }
  return {
    portOf,
    endpointOf: (nodeId) => {
      const port = portOf(nodeId)
      return port === undefined ? undefined : { host: advertisedHost, port }
    },
  }
}
