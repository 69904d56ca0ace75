// SPDX-License-Identifier: Apache-2.0
/**
 * How gateways share the limits of a tenant: each says every few seconds what passes through it, and is answered with its part of
 * every limit and what the others hold (decision 0026). Nothing here is needed to serve: without an answer the last one holds.
 */
import { z } from 'zod'

/** What one gateway has of one tenant. Only tenants that use a notable part of a limit are reported. */
export const tenantLoadSchema = z.object({
  name: z.string().min(1),
  /** What clients want: what passed, and more while they are slowed down. */
  produceBytesPerSecond: z.number().nonnegative(),
  consumeBytesPerSecond: z.number().nonnegative(),
  connections: z.number().int().nonnegative(),
  /** What an older gateway does not count is 0, and shared evenly. */
  requestsPerSecond: z.number().nonnegative().default(0),
  /** New ones, those that were turned away included. */
  connectionsPerSecond: z.number().nonnegative().default(0),
})
export type TenantLoad = Readonly<z.infer<typeof tenantLoadSchema>>

/** The body of a report. `node` is the gateway's own name, unlike any other's and new with each start. */
export const gatewayLoadSchema = z.strictObject({
  node: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  tenants: z.array(tenantLoadSchema).max(100_000),
})
export type GatewayLoad = z.infer<typeof gatewayLoadSchema>

/** The part of one gateway in the limits of one tenant; parts are from 0 to 1. */
export const tenantShareSchema = z.object({
  produce: z.number().min(0).max(1),
  consume: z.number().min(0).max(1),
  connectionsElsewhere: z.number().int().nonnegative(),
  /** Absent from an older control plane: the share is even. */
  requests: z.number().min(0).max(1).optional(),
  newConnections: z.number().min(0).max(1).optional(),
})
export type TenantShare = Readonly<z.infer<typeof tenantShareSchema>>

/** The answer: parts by tenant, for those that were reported or that others reported. */
export const gatewaySharesSchema = z.object({
  /** Gateways that are alive. */
  nodes: z.number().int().positive(),
  tenants: z.record(z.string(), tenantShareSchema),
})
export type GatewayShares = Readonly<z.infer<typeof gatewaySharesSchema>>

/** This part of a limit is split evenly, so that load which comes to a gateway for the first time is not stopped at once. */
const EVEN_PART = 0.1

/** The share of one of `nodes` gateways whose load is `own` of `total`. Shares of all gateways that report make 1 together. */
export function shareOf(own: number, total: number, nodes: number): number {
  const even = 1 / Math.max(nodes, 1)
  return total <= 0 ? even : EVEN_PART * even + (1 - EVEN_PART) * Math.min(own / total, 1)
}
