// SPDX-License-Identifier: Apache-2.0
/**
 * What a plan says: limits, every constraint with its numbers, the binding one, brokers and cost. `@kaas/planner` computes
 * plans, `POST /v1/plan` answers with them, `kaas plan` prints them. All numbers are in base units (bytes, seconds, US
 * dollars per month).
 */
import { z } from 'zod'
import { tenantLimitsSchema } from './gateway-snapshot.ts'
import { workloadSchema } from './resources/tenant.ts'
import { workloadNumbersSchema } from './workload.ts'

/** Sets of reserves: `economy` runs near the limits of the machines, `production` keeps room for rebuilding after a fault. */
export const PROFILE_NAMES = ['economy', 'production'] as const
export type ProfileName = (typeof PROFILE_NAMES)[number]

/** What is promised to a tenant and held by gateway, API and Kafka's quotas. */
export const planLimitsSchema = tenantLimitsSchema.extend({
  users: z.number().int().positive(),
  produceBytesPerSecond: z.number().positive(),
  consumeBytesPerSecond: z.number().positive(),
  /** Produce rate × retention, before replication. */
  storageBytes: z.number().positive(),
  /** How long records stay on the brokers' own disks when older ones go to object storage; absent when all stay. */
  localRetentionMs: z.number().positive().optional(),
})
export type PlanLimits = Readonly<z.infer<typeof planLimitsSchema>>

/** One thing that can run out. It holds while `share` is at most 1. */
export const constraintSchema = z.object({
  name: z.string(),
  unit: z.enum(['bytesPerSecond', 'bytes', 'partitions', 'connections', 'cores', 'brokers']),
  /** What this workload asks of the whole cluster. */
  demand: z.number(),
  /** What others on the cluster hold already. */
  taken: z.number(),
  /** What the whole cluster has. */
  capacity: z.number(),
  /** The part of `capacity` that may be used, 0 to 1 (above 1 where limits are sold more than once). */
  target: z.number(),
  /** (demand + taken) ÷ (capacity × target). */
  share: z.number(),
  /** How many times this demand could grow before this constraint binds; below 1 when it does not fit. */
  headroom: z.number(),
  /** The formula with its number in `docs/reference/sizing.md`, and who published it. */
  source: z.string(),
})
export type Constraint = Readonly<z.infer<typeof constraintSchema>>

/** Two published formulas for the same thing, when they disagree: both answers, and which one the plan follows. */
export const secondOpinionSchema = z.object({
  about: z.string(),
  unit: z.enum(['bytesPerSecond', 'bytes', 'partitions', 'cores', 'brokers', 'dollarsPerMonth']),
  followed: z.object({ value: z.number(), source: z.string() }),
  other: z.object({ value: z.number(), source: z.string() }),
})
export type SecondOpinion = Readonly<z.infer<typeof secondOpinionSchema>>

/** A place on a shared cluster. `largest` is the largest workload of the same shape that fits, when this one does not. */
export const sharedPlanSchema = z.object({
  kind: z.enum(['fits', 'refused']),
  cluster: z.string(),
  profile: z.enum(PROFILE_NAMES),
  limits: planLimitsSchema,
  /** Kafka's quotas hold per broker: the limit divided by the number of brokers. */
  quotaPerBroker: z.object({ produceBytesPerSecond: z.number(), consumeBytesPerSecond: z.number() }),
  constraints: z.array(constraintSchema),
  /** Name of the constraint with the highest share; absent when the cluster states no capacity. */
  binding: z.string().optional(),
  largest: workloadNumbersSchema.optional(),
})
export type SharedPlan = Readonly<z.infer<typeof sharedPlanSchema>>

/** What one broker of a dedicated cluster gets. */
export const brokerPlanSchema = z.object({
  instance: z.string(),
  cores: z.number(),
  memoryBytes: z.number(),
  heapBytes: z.number(),
  pageCacheBytes: z.number(),
  /** Of all its volumes together. */
  diskBytes: z.number(),
  /** Volumes of the same size. More than one only where one cannot be large enough. */
  volumes: z.number().int().positive(),
  /** Disk throughput to provision, read and write together. */
  diskBytesPerSecond: z.number(),
})
export type BrokerPlan = Readonly<z.infer<typeof brokerPlanSchema>>

/** US dollars per month. */
export const costSchema = z.object({
  instances: z.number(),
  disks: z.number(),
  diskThroughput: z.number(),
  zoneTraffic: z.number(),
  total: z.number(),
  priceList: z.string(),
})
export type Cost = Readonly<z.infer<typeof costSchema>>

const dedicatedRefusedSchema = z.object({
  kind: z.literal('refused'),
  profile: z.enum(PROFILE_NAMES),
  limits: planLimitsSchema,
  /** Of the instance that comes closest, at the largest number of brokers. */
  constraints: z.array(constraintSchema),
  binding: z.string(),
  largest: workloadNumbersSchema.optional(),
})

const dedicatedFitsSchema = z.object({
  kind: z.literal('fits'),
  profile: z.enum(PROFILE_NAMES),
  limits: planLimitsSchema,
  brokers: z.number().int(),
  controllers: z.number().int(),
  zones: z.number().int(),
  replicationFactor: z.number().int(),
  minInSyncReplicas: z.number().int(),
  broker: brokerPlanSchema,
  constraints: z.array(constraintSchema),
  /** The constraint that decides how many brokers there are. */
  binding: z.string(),
  secondOpinions: z.array(secondOpinionSchema),
  cost: costSchema,
})

/** An own cluster for one tenant: the cheapest the catalogue offers that holds every constraint. */
export const dedicatedPlanSchema = z.discriminatedUnion('kind', [dedicatedFitsSchema, dedicatedRefusedSchema])
export type DedicatedPlan = Readonly<z.infer<typeof dedicatedPlanSchema>>

/** The body of `POST /v1/plan`. */
export const planRequestSchema = z.strictObject({
  workload: workloadSchema,
  profile: z.enum(PROFILE_NAMES).default('economy').describe('Reserves to plan with'),
  cluster: z.string().optional().describe('Plan for this shared cluster only'),
})
export type PlanRequest = z.infer<typeof planRequestSchema>

/** What the workload would get: a place on each shared cluster, best first, and as an own cluster. Nothing is changed. */
export const planSchema = z.object({
  workload: workloadNumbersSchema,
  profile: z.enum(PROFILE_NAMES),
  shared: z.array(sharedPlanSchema),
  dedicated: dedicatedPlanSchema,
})
export type Plan = Readonly<z.infer<typeof planSchema>>
