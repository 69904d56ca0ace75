// SPDX-License-Identifier: Apache-2.0
/** What a gateway tells of one tenant: what its clients want of each rate. What is not worth a report is told by nobody. */
import type { TenantLimits, TenantLoad } from '@kaas/domain'
import type { Passed } from './rate.ts'
import type { TenantAllowance } from './tenant-allowance.ts'

/** Below this part of each limit a tenant is not worth a report. */
const NOTABLE = 0.1
/** Who is slowed down wants more than what passes; how much more nobody knows. */
const HELD_DEMAND = 1.5

/** The load of tenant `name`, or undefined when it is far below all of its limits. */
export function loadOf(
  name: string,
  limits: TenantLimits,
  passed: ReturnType<TenantAllowance['takeLoad']>,
  connections: number,
): TenantLoad | undefined {
  const { received, sent, requests, newConnections } = passed
  const isNotable =
    isNear(received, limits.produceBytesPerSecond) ||
    isNear(sent, limits.consumeBytesPerSecond) ||
    isNear(requests, limits.requestsPerSecond) ||
    isNear(newConnections, limits.connectionsPerSecond) ||
    connections > limits.connections * NOTABLE
  if (!isNotable) return undefined
  return {
    name,
    produceBytesPerSecond: demandOf(received),
    consumeBytesPerSecond: demandOf(sent),
    requestsPerSecond: demandOf(requests),
    // A trickle must not draw the share to itself: when a gateway goes, the others take over its clients at once.
    connectionsPerSecond: isNear(newConnections, limits.connectionsPerSecond) ? demandOf(newConnections) : 0,
    connections,
  }
}

function isNear({ perSecond, wasHeld }: Passed, limit = Number.POSITIVE_INFINITY): boolean {
  return wasHeld || perSecond > limit * NOTABLE
}

function demandOf({ perSecond, wasHeld }: Passed): number {
  return wasHeld ? perSecond * HELD_DEMAND : perSecond
}
