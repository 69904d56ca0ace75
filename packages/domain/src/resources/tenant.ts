// SPDX-License-Identifier: Apache-2.0
/** Tenant: one Kafka service instance that belongs to a team, in one environment. What a user orders. */
import { z } from 'zod'
import { documentSchema, durationText, rateText } from './envelope.ts'

/** What the user states about her data. Exactly one of `consume` and `fanOut` may be given; without both, one reader is assumed. */
export const workloadSchema = z
  .strictObject({
    produce: rateText.describe('Peak produce rate after compression, before replication'),
    consume: rateText.optional().describe('Peak consume rate of all readers together'),
    fanOut: z.number().positive().max(1000).optional().describe('How many times everything is read'),
    retention: durationText.describe('How long records are kept'),
    localRetention: durationText
      .optional()
      .describe('How long an own cluster keeps records on its disks; older ones go to object storage'),
    partitions: z.number().int().positive().max(200_000).optional().describe('Limit of partitions of all topics together'),
    connections: z.number().int().positive().max(1_000_000).optional().describe('Limit of client connections'),
    requestsPerSecond: z
      .number()
      .int()
      .positive()
      .max(10_000_000)
      .optional()
      .describe('Limit of requests of all clients, of a virtual tenant'),
    connectionsPerSecond: z
      .number()
      .int()
      .positive()
      .max(100_000)
      .optional()
      .describe('Limit of new client connections, of a virtual tenant; those beyond it wait'),
    users: z.number().int().positive().max(10_000).optional().describe('Limit of Kafka users'),
  })
  .refine((workload) => workload.consume === undefined || workload.fanOut === undefined, {
    message: 'Give consume or fanOut, not both.',
    path: ['fanOut'],
  })
export type WorkloadSpec = z.infer<typeof workloadSchema>

/** How far a tenant is apart from others, the cheapest first (design section 5). */
export const ISOLATION_LEVELS = ['virtual', 'namespace', 'cluster'] as const
/** What a tenant is for. `production` turns deletion protection on. */
export const ENVIRONMENTS = ['development', 'staging', 'production'] as const

/** Who may change a tenant: `api` (the control plane writes Git), or `git` (a merged change of its documents is the only way). */
export const MANAGEMENTS = ['api', 'git'] as const

/** What a user orders. Only the workload must be given. */
export const tenantSpecSchema = z.strictObject({
  team: z.string().default('default').describe('The owner'),
  environment: z.enum(ENVIRONMENTS).default('development'),
  isolation: z.enum(ISOLATION_LEVELS).default('virtual'),
  workload: workloadSchema,
  cluster: z.string().optional().describe('Name of the KafkaCluster to live on; chosen by the planner when absent'),
  zones: z.number().int().min(1).max(9).optional().describe('Zones of an own cluster; all of the platform when absent'),
  kafkaVersion: z
    .string()
    .regex(/^4\.\d+\.\d+$/, 'A Kafka version such as 4.3.1')
    .optional()
    .describe('Of an own cluster; the platform chooses when absent'),
  maintenanceWindows: z
    .array(z.string().min(1))
    .optional()
    .describe('When an own cluster may restart brokers for certificates: Quartz cron, UTC'),
  management: z.enum(MANAGEMENTS).optional().describe('Who may change the tenant; api when absent'),
  deletionProtection: z.boolean().optional().describe('On by default in production'),
  acceptSharesFrom: z
    .array(z.string().min(1))
    .max(100)
    .optional()
    .describe('Tenants of other teams whose shared topics may appear here; tenants of the own team always may'),
  adopt: z.boolean().default(false).describe('Take over names on the cluster that carry this prefix already'),
})
export type TenantSpec = z.infer<typeof tenantSpecSchema>

/** The document of a Tenant. */
export const tenantSchema = documentSchema('Tenant', tenantSpecSchema)
export type Tenant = z.infer<typeof tenantSchema>
