// SPDX-License-Identifier: Apache-2.0
/** RoleBinding: gives a role, shipped or own, to groups, people and tokens: on the platform, in a team, or in one tenant. */
import { z } from 'zod'
import { rightScopeSchema } from '../rights/right.ts'
import { documentSchema } from './envelope.ts'

const names = z.array(z.string().min(1)).max(1000).default([])

/** Who gets the role. All lists together; without any, nobody. */
export const subjectsSchema = z.strictObject({
  groups: names.describe('Groups of the identity provider, as they arrive'),
  people: names.describe('People by the name that they sign in with'),
  tokens: names.describe('Ids of machine tokens'),
})

/** Role, subjects and scope. */
export const roleBindingSpecSchema = z.strictObject({
  role: z.string().min(1),
  subjects: subjectsSchema,
  scope: rightScopeSchema.describe('platform, {team} or {tenant}'),
})
export type RoleBindingSpec = z.infer<typeof roleBindingSpecSchema>

/** The document of a RoleBinding. */
export const roleBindingSchema = documentSchema('RoleBinding', roleBindingSpecSchema)
export type RoleBinding = z.infer<typeof roleBindingSchema>
