// SPDX-License-Identifier: Apache-2.0
/** Consumer groups of a tenant: who is in them, how far behind they are, and moving their offsets while nobody reads. */
import { z } from 'zod'
import type { CheckedCall } from '../call-api.ts'
import type { Route } from '../route.ts'
import { partialProblemSchema, type ViewListOptions, viewListQuerySchema } from './topic-views.ts'

/** One group of the list. */
export const groupSummarySchema = z.object({
  group: z.string(),
  type: z.enum(['classic', 'consumer', 'share', 'streams', 'unknown']),
  state: z.string().describe('Kafka’s word: Stable, Empty, …'),
  members: z.number().int().optional(),
  topics: z.number().int().optional(),
  lag: z.string().optional().describe('Records over all partitions; absent until it is known'),
})
export type GroupSummary = Readonly<z.infer<typeof groupSummarySchema>>

/** One member of a group. */
export const groupMemberSchema = z.object({
  id: z.string(),
  clientId: z.string(),
  host: z.string(),
  instanceId: z.string().optional(),
  assigned: z.array(z.object({ topic: z.string(), partitions: z.array(z.number().int()) })),
})

/** Where a group stands in one partition. Offsets are decimal texts. */
export const groupOffsetSchema = z.object({
  topic: z.string(),
  partition: z.number().int(),
  committed: z.string().optional(),
  latest: z.string().optional(),
  earliest: z.string().optional(),
  lag: z.string().optional(),
  member: z.string().optional().describe('Id of the member that reads it'),
})
export type GroupOffset = Readonly<z.infer<typeof groupOffsetSchema>>

/** One group, whole. */
export const groupSchema = z
  .object({
    group: z.string(),
    type: groupSummarySchema.shape.type,
    state: z.string(),
    protocol: z.string().optional().describe('Assignor'),
    coordinator: z.number().int().optional(),
    members: z.array(groupMemberSchema),
    offsets: z.array(groupOffsetSchema),
    lag: z.string().optional(),
    problem: partialProblemSchema.optional(),
  })
  .meta({ id: 'Group' })
export type GroupAnswer = Readonly<z.infer<typeof groupSchema>>

/** Where to. `shift` moves by so many records (negative: back), `group` takes the offsets of another group. */
export const offsetTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('earliest') }),
  z.strictObject({ kind: z.literal('latest') }),
  z.strictObject({ kind: z.literal('time'), time: z.string().describe('RFC 3339') }),
  z.strictObject({ kind: z.literal('offset'), offset: z.string().regex(/^\d{1,19}$/) }),
  z.strictObject({ kind: z.literal('shift'), by: z.string().regex(/^-?\d{1,18}$/) }),
  z.strictObject({ kind: z.literal('group'), group: z.string().min(1) }),
])
export type OffsetTarget = z.infer<typeof offsetTargetSchema>

/** The body of a reset. Without topics: all that the group has offsets for. */
export const offsetResetSchema = z.strictObject({
  to: offsetTargetSchema,
  topics: z.array(z.strictObject({ topic: z.string(), partitions: z.array(z.number().int()).optional() })).optional(),
})
export type OffsetReset = z.infer<typeof offsetResetSchema>

const moved = z.object({
  dryRun: z.boolean(),
  offsets: z.array(
    z.object({
      topic: z.string(),
      partition: z.number().int(),
      before: z.string().optional(),
      after: z.string(),
      lagAfter: z.string().optional(),
      note: z.string().optional().describe('Such as: held at the earliest offset that is kept'),
    }),
  ),
})

const inTenant = z.object({ tenant: z.string().min(1) })
const one = inTenant.extend({ group: z.string().min(1) })
const page = z.object({
  items: z.array(groupSummarySchema),
  next: z.string().optional(),
  total: z.number().int().optional(),
  problem: partialProblemSchema.optional(),
})
const path = '/v1/tenants/{tenant}/groups'

/** The routes of groups. */
export const GROUP_ROUTES = {
  listGroups: {
    id: 'listGroups',
    method: 'GET',
    path,
    summary: 'The consumer groups of a tenant.',
    access: 'granted',
    right: { verb: 'read', kind: 'Group' },
    params: inTenant,
    query: viewListQuerySchema,
    answers: { 200: page },
  },
  group: {
    id: 'group',
    method: 'GET',
    path: `${path}/{group}`,
    summary: 'Members, offsets and lag of a group.',
    access: 'granted',
    right: { verb: 'read', kind: 'Group' },
    params: one,
    answers: { 200: groupSchema },
  },
  resetOffsets: {
    id: 'resetOffsets',
    method: 'POST',
    path: `${path}/{group}/offsets`,
    summary: 'Moves the offsets of a group. Refused while it has members; dryRun shows what would be.',
    access: 'granted',
    right: { verb: 'write', kind: 'Group' },
    params: one,
    query: z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') }),
    body: offsetResetSchema,
    answers: { 200: moved },
  },
  deleteGroup: {
    id: 'deleteGroup',
    method: 'DELETE',
    path: `${path}/{group}`,
    summary: 'Deletes a group with its offsets. Refused while it has members.',
    access: 'granted',
    right: { verb: 'delete', kind: 'Group' },
    params: one,
    answers: { 200: z.object({}) },
  },
} as const satisfies Record<string, Route>

/** Calls of groups. */
export interface GroupCalls {
  listGroups(tenant: string, options?: ViewListOptions): Promise<z.infer<typeof page>>
  group(tenant: string, group: string): Promise<GroupAnswer>
  resetOffsets(tenant: string, group: string, reset: OffsetReset, dryRun: boolean): Promise<z.infer<typeof moved>>
  deleteGroup(tenant: string, group: string): Promise<unknown>
}

/** Binds the calls. */
export function groupCalls(call: CheckedCall): GroupCalls {
  const all = (tenant: string) => `/v1/tenants/${encodeURIComponent(tenant)}/groups`
  const at = (tenant: string, group: string) => `${all(tenant)}/${encodeURIComponent(group)}`
  return {
    listGroups: (tenant, query) => call(page, { path: all(tenant), query: { ...query } }),
    group: (tenant, group) => call(groupSchema, { path: at(tenant, group) }),
    resetOffsets: (tenant, group, body, dryRun) =>
      call(moved, { method: 'POST', path: `${at(tenant, group)}/offsets`, query: { dryRun }, body }),
    deleteGroup: (tenant, group) => call(z.object({}), { method: 'DELETE', path: at(tenant, group) }),
  }
}
