// SPDX-License-Identifier: Apache-2.0
/**
 * What a changed order does to a dedicated cluster: what differs, what restarts, how long it takes, what it costs, and why it
 * is refused. `@kaas/planner` computes it (`changeOfPlan`), `POST /v1/plan/change` answers with it, `kaas edit` and `kaas scale`
 * print it. All numbers are in base units (bytes, seconds, US dollars per month).
 */
import { z } from 'zod'

/** What can differ between two plans, in the order in which a change shows it. */
export const PLAN_CHANGE_FIELDS = [
  'produce',
  'consume',
  'retention',
  'local retention',
  'partitions',
  'connections',
  'requests a second',
  'new connections a second',
  'users',
  'profile',
  'zones',
  'brokers',
  'instance',
  'cores',
  'memory',
  'disk',
  'volumes',
  'disk throughput',
] as const

/** One number or name that differs. `before` is absent of a cluster that does not exist yet. Memory and disk are those of one broker. */
export const planDifferenceSchema = z.object({
  field: z.enum(PLAN_CHANGE_FIELDS),
  unit: z.enum(['bytesPerSecond', 'milliseconds', 'bytes', 'count', 'cores', 'name']),
  before: z.union([z.number(), z.string()]).optional(),
  after: z.union([z.number(), z.string()]),
})
export type PlanDifference = Readonly<z.infer<typeof planDifferenceSchema>>

/** One thing that is done, in the order in which it happens. `seconds` is an estimate; `formula` says of what. */
export const planStepSchema = z.object({
  kind: z.enum(['grow-disks', 'drain', 'remove-brokers', 'add-brokers', 'restart', 'rebalance']),
  what: z.string(),
  /** Brokers that this step touches. */
  brokers: z.number().int(),
  seconds: z.number(),
  formula: z.string(),
})
export type PlanStep = Readonly<z.infer<typeof planStepSchema>>

/** Why the change cannot be made. `code` is one of the error table. */
export const planRefusalSchema = z.object({
  code: z.enum(['disk-shrink', 'workload-too-large', 'field-immutable', 'policy-refused']),
  message: z.string(),
  help: z.string(),
})
export type PlanRefusal = Readonly<z.infer<typeof planRefusalSchema>>

/** The whole answer. Nothing of it is done while there is a refusal. */
export const planChangeSchema = z.object({
  kind: z.enum(['create', 'change', 'same', 'refused']),
  differences: z.array(planDifferenceSchema),
  /** `brokers`: one after the other, while the cluster serves. Controllers restart with a new version only, which is no part of a plan. */
  rolls: z.enum(['nothing', 'brokers']),
  /** Brokers that restart, each once. */
  restarts: z.number().int(),
  /** Empty of a cluster that does not exist yet. */
  steps: z.array(planStepSchema),
  /** All steps together, one after the other. */
  seconds: z.number(),
  /** Dollars a month; `difference` is after less before. Absent when the new order cannot be planned. */
  cost: z.object({ before: z.number(), after: z.number(), difference: z.number() }).optional(),
  refusals: z.array(planRefusalSchema),
  warnings: z.array(z.string()),
})
export type PlanChange = Readonly<z.infer<typeof planChangeSchema>>
