// SPDX-License-Identifier: Apache-2.0
/**
 * The gateway snapshot: which tenant lives where and within which limits (design 6.4). The control plane publishes it, the
 * gateway serves from it and keeps the last good one on disk. It holds no secret.
 */
import { z } from 'zod'
import { sharedTopicSchema } from './resources/topic-share.ts'

/** Limits that the gateway holds for Kafka clients, as the control plane does for its API. */
export const tenantLimitsSchema = z.object({
  partitions: z.number().int().positive(),
  /** The longest `retention.ms` a topic of the tenant may have. */
  retentionMs: z.number().int().positive(),
  connections: z.number().int().positive(),
  /** The rates hold over all gateways together. Absent: not held by gateways. */
  produceBytesPerSecond: z.number().positive().optional(),
  consumeBytesPerSecond: z.number().positive().optional(),
  requestsPerSecond: z.number().positive().optional(),
  /** New ones, after their log-in. */
  connectionsPerSecond: z.number().positive().optional(),
})
export type TenantLimits = z.infer<typeof tenantLimitsSchema>

/** Where a broker listens, as the control plane sees it. The gateway also learns addresses from answers that pass by. */
export const snapshotBrokerSchema = z.object({ nodeId: z.number().int(), host: z.string(), port: z.number().int() })
export type SnapshotBroker = z.infer<typeof snapshotBrokerSchema>

/** A physical cluster as the gateway reaches it. `caPem` is the CA of the brokers in PEM, when TLS is on and it is not public. */
export const snapshotClusterSchema = z.object({
  name: z.string(),
  bootstrapServers: z.array(z.string()).min(1),
  tls: z.object({ enabled: z.boolean(), caPem: z.string().optional() }),
  brokers: z.array(snapshotBrokerSchema),
})
export type SnapshotCluster = z.infer<typeof snapshotClusterSchema>

/** A user whom the broker cannot tell from a stranger, by full name, and what tells the gateway who she is. */
export const externalUserSchema = z.object({ name: z.string(), proof: z.enum(['certificate', 'bearer']) })
export type ExternalUser = z.infer<typeof externalUserSchema>

/** One tenant. `paused` tenants are refused at log-in (they are being deleted). */
export const snapshotTenantSchema = z.object({
  name: z.string(),
  cluster: z.string(),
  limits: tenantLimitsSchema,
  paused: z.boolean(),
  /** Who logs in by certificate or bearer token; a name that is not here is nobody's. */
  externalUsers: z.array(externalUserSchema).optional(),
  /** Topics that appear here under names of shares: no name and no topic stands twice. */
  shares: z.array(sharedTopicSchema).optional(),
})
export type SnapshotTenant = z.infer<typeof snapshotTenantSchema>

/** The full state. `version` grows with every change; a lower one than the last seen is refused. */
export const gatewaySnapshotSchema = z.object({
  version: z.number().int().nonnegative(),
  clusters: z.array(snapshotClusterSchema),
  tenants: z.array(snapshotTenantSchema),
})
export type GatewaySnapshot = z.infer<typeof gatewaySnapshotSchema>

/** One message of the snapshot stream (`GET /v1/gateway/snapshot`, server-sent events): the full state first, then changes. */
export const snapshotEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('full'), snapshot: gatewaySnapshotSchema }),
  z.object({ kind: z.literal('tenant'), version: z.number().int(), tenant: snapshotTenantSchema }),
  z.object({ kind: z.literal('tenantRemoved'), version: z.number().int(), name: z.string() }),
  z.object({ kind: z.literal('cluster'), version: z.number().int(), cluster: snapshotClusterSchema }),
  z.object({ kind: z.literal('clusterRemoved'), version: z.number().int(), name: z.string() }),
])
export type SnapshotEvent = z.infer<typeof snapshotEventSchema>
