// SPDX-License-Identifier: Apache-2.0
/** Role: verbs on kinds under a name. What it gives to whom, and where, says a RoleBinding. The shipped roles are not stored. */
import { z } from 'zod'
import { rightRuleSchema } from '../rights/right.ts'
import { documentSchema } from './envelope.ts'

/** The most rules of one role. */
const MOST_RULES = 50

/** Rules add up: what one gives, no other takes away. */
export const roleSpecSchema = z.strictObject({
  description: z.string().max(1000).default(''),
  rules: z.array(rightRuleSchema).min(1).max(MOST_RULES),
})
export type RoleSpec = z.infer<typeof roleSpecSchema>

/** The document of a Role. */
export const roleSchema = documentSchema('Role', roleSpecSchema)
export type Role = z.infer<typeof roleSchema>
