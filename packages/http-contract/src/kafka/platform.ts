// SPDX-License-Identifier: Apache-2.0
/** What operators look at: physical clusters with their brokers, who lives where, and whether the parts of the platform are well. */
import { z } from 'zod'
import type { CheckedCall } from '../call-api.ts'
import type { Route } from '../route.ts'
import { partialProblemSchema } from './topic-views.ts'

/** One broker as it is now. */
export const brokerSchema = z.object({
  id: z.number().int(),
  host: z.string(),
  port: z.number().int(),
  rack: z.string().optional(),
  controller: z.boolean(),
  partitions: z.number().int().describe('Replicas it holds'),
  leaders: z.number().int(),
  underReplicated: z.number().int().describe('Partitions it leads with too few replicas in sync'),
  bytes: z.number().optional().describe('Of its log directories'),
})

/** How much of one capacity is given away. */
export const capacityUseSchema = z.object({
  what: z.string().describe('`produce`, `consume`, `storage`, `partitions`, `connections`'),
  unit: z.string(),
  used: z.number().describe('Promised to tenants'),
  capacity: z.number().optional().describe('Of the cluster; absent where nobody stated it'),
})

/** A physical cluster, as far as it answers within the deadline. */
export const clusterViewSchema = z.object({
  cluster: z.string().describe('Name of the KafkaCluster; `tenant/<name>` for the own Kafka of a tenant'),
  tenant: z.string().optional().describe('Whose own Kafka it is; absent where tenants share it'),
  kafkaVersion: z.string().optional(),
  tenants: z.number().int(),
  brokers: z.array(brokerSchema),
  capacity: z.array(capacityUseSchema),
  problem: partialProblemSchema.optional(),
})
export type ClusterView = Readonly<z.infer<typeof clusterViewSchema>>

/** One part of the platform. */
export const platformPartSchema = z.object({
  name: z
    .string()
    .describe('`database`, `reconciler`, `gateway <id>`, `audit export`, `sampling`, `git`, `kubernetes <name>`'),
  state: z.enum(['well', 'warning', 'failed', 'unknown']),
  message: z.string(),
  since: z.string().optional(),
})
export type PlatformPart = Readonly<z.infer<typeof platformPartSchema>>

const clusters = z.object({ items: z.array(clusterViewSchema) })
const parts = z.object({ version: z.string(), parts: z.array(platformPartSchema) })

/** The routes of operators. */
export const PLATFORM_ROUTES = {
  clusterViews: {
    id: 'clusterViews',
    method: 'GET',
    path: '/v1/cluster-views',
    summary:
      'Physical clusters with brokers and capacity. One that does not answer in time has a problem and delays nobody.',
    access: 'granted',
    right: { verb: 'read', kind: 'Platform' },
    answers: { 200: clusters },
  },
  platformHealth: {
    id: 'platformHealth',
    method: 'GET',
    path: '/v1/platform-health',
    summary: 'Whether the parts of the platform are well.',
    access: 'granted',
    right: { verb: 'read', kind: 'Platform' },
    answers: { 200: parts },
  },
} as const satisfies Record<string, Route>

/** Calls of operators. */
export interface PlatformCalls {
  clusterViews(): Promise<readonly ClusterView[]>
  platformHealth(): Promise<z.infer<typeof parts>>
}

/** Binds the calls. */
export function platformCalls(call: CheckedCall): PlatformCalls {
  return {
    clusterViews: async () => (await call(clusters, { path: '/v1/cluster-views' })).items,
    platformHealth: () => call(parts, { path: '/v1/platform-health' }),
  }
}
