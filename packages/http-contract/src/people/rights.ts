// SPDX-License-Identifier: Apache-2.0
/** Why somebody may or may not: the rule that decides, everything that was looked at, and the claims that arrived. */
import { VERBS } from '@kaas/domain'
import { z } from 'zod'
import type { CheckedCall } from '../call-api.ts'
import type { Route } from '../route.ts'
import { grantSchema } from './sign-in.ts'

/** May this person do this there? Without `person`: may I? */
export const explainRequestSchema = z.strictObject({
  person: z.string().optional(),
  verb: z.enum(VERBS),
  kind: z.string(),
  tenant: z.string().optional(),
  team: z.string().optional(),
})
export type ExplainRequest = z.infer<typeof explainRequestSchema>

/** The decision with its reasons. */
export const explanationSchema = z.object({
  allowed: z.boolean(),
  because: z.string().describe('One sentence'),
  deciding: grantSchema.optional(),
  considered: z.array(z.object({ grant: grantSchema, fits: z.boolean(), why: z.string() })),
  groups: z.array(z.string()),
  claims: z.record(z.string(), z.unknown()).describe('As they arrived with the last sign-in; empty without one'),
  lastSignInAt: z.string().optional(),
})
export type Explanation = Readonly<z.infer<typeof explanationSchema>>

/** Somebody who has signed in at least once. */
export const personSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  email: z.string().optional(),
  provider: z.string(),
  groups: z.array(z.string()),
  lastSignInAt: z.string(),
})
export type PersonAnswer = Readonly<z.infer<typeof personSchema>>

/** A role that comes with the product; own ones are resources of kind Role. */
export const shippedRoleSchema = z.object({
  name: z.string(),
  description: z.string(),
  rules: grantSchema.shape.rules,
})
export type ShippedRole = Readonly<z.infer<typeof shippedRoleSchema>>

const people = z.object({ items: z.array(personSchema) })
const roles = z.object({ items: z.array(shippedRoleSchema) })

/** The routes of rights. */
export const RIGHTS_ROUTES = {
  explainRight: {
    id: 'explainRight',
    method: 'POST',
    path: '/v1/rights/explain',
    summary: 'Why a person may or may not do something. About others it needs read on Rights.',
    access: 'signed-in',
    body: explainRequestSchema,
    answers: { 200: explanationSchema },
  },
  listPeople: {
    id: 'listPeople',
    method: 'GET',
    path: '/v1/people',
    summary: 'Who has signed in, with the groups that came along.',
    access: 'granted',
    right: { verb: 'read', kind: 'Session' },
    answers: { 200: people },
  },
  forgetPerson: {
    id: 'forgetPerson',
    method: 'DELETE',
    path: '/v1/people/{name}',
    summary: 'Forgets somebody who left: ends her sessions and personal tokens, and frees her name for another account.',
    access: 'granted',
    right: { verb: 'delete', kind: 'Session' },
    params: z.object({ name: z.string().min(1) }),
    answers: { 200: z.object({}) },
  },
  shippedRoles: {
    id: 'shippedRoles',
    method: 'GET',
    path: '/v1/shipped-roles',
    summary: 'The roles that come with the product.',
    access: 'signed-in',
    answers: { 200: roles },
  },
} as const satisfies Record<string, Route>

/** Calls of rights. */
export interface RightsCalls {
  explainRight(question: ExplainRequest): Promise<Explanation>
  listPeople(): Promise<readonly PersonAnswer[]>
  forgetPerson(name: string): Promise<unknown>
  shippedRoles(): Promise<readonly ShippedRole[]>
}

/** Binds the calls of rights. */
export function rightsCalls(call: CheckedCall): RightsCalls {
  return {
    explainRight: (body) => call(explanationSchema, { method: 'POST', path: '/v1/rights/explain', body }),
    listPeople: async () => (await call(people, { path: '/v1/people' })).items,
    forgetPerson: (name) => call(z.object({}), { method: 'DELETE', path: `/v1/people/${encodeURIComponent(name)}` }),
    shippedRoles: async () => (await call(roles, { path: '/v1/shipped-roles' })).items,
  }
}
