// SPDX-License-Identifier: Apache-2.0
/**
 * Policy: what may be created, as rules in CEL with the sentence that a refusal says. Here is the document; expressions are read and
 * decided by the control plane (decision 0024).
 */
import { z } from 'zod'
import { documentSchema } from './envelope.ts'
import { ENVIRONMENTS } from './tenant.ts'

/** The kinds that policies can be about. Policies themselves are not among them, so that a wrong one can always be mended. */
export const POLICY_KINDS = ['Tenant', 'Topic', 'User', 'TopicShare', 'Team', 'KafkaCluster', 'Role', 'RoleBinding'] as const
export type PolicyKind = (typeof POLICY_KINDS)[number]

/** Characters of one expression. */
export const LONGEST_EXPRESSION = 2000
const MOST_RULES = 20
const LONGEST_MESSAGE = 500

/** One rule. */
export const policyRuleSchema = z.strictObject({
  allowWhen: z.string().min(1).max(LONGEST_EXPRESSION).describe('CEL that is true for what is allowed'),
  message: z.string().min(1).max(LONGEST_MESSAGE).describe('What the person reads whose document is refused'),
  field: z
    .string()
    .regex(/^[\w.[\]'-]+$/, 'Write the path of a field, such as spec.partitions.')
    .max(200)
    .optional()
    .describe('Path of the field beside which the message is shown'),
})
export type PolicyRule = z.infer<typeof policyRuleSchema>

/** Which documents a policy is about. All that is given must fit; an empty list fits everything. */
export const policySelectorSchema = z.strictObject({
  kinds: z.array(z.enum(POLICY_KINDS)).min(1),
  environments: z.array(z.enum(ENVIRONMENTS)).default([]),
  teams: z.array(z.string().min(1)).max(100).default([]),
  labels: z.record(z.string(), z.string()).default({}).describe('Labels of the document itself'),
})
export type PolicySelector = z.infer<typeof policySelectorSchema>

/** Where it holds, what it is about, what it demands, and whether it refuses or only warns. */
export const policySpecSchema = z.strictObject({
  description: z.string().max(1000).default(''),
  scope: z
    .union([z.literal('platform'), z.strictObject({ team: z.string().min(1) })])
    .default('platform')
    .describe('platform, or {team}: its tenants and what is in them'),
  appliesTo: policySelectorSchema,
  rules: z.array(policyRuleSchema).min(1).max(MOST_RULES),
  severity: z.enum(['refuse', 'warn']).default('refuse'),
})
export type PolicySpec = z.infer<typeof policySpecSchema>

/** Kinds that people of a team write: policies about other kinds never meet them. */
export const TEAM_POLICY_KINDS = [
  'Tenant',
  'Topic',
  'User',
  'TopicShare',
  'Team',
  'RoleBinding',
] as const satisfies readonly PolicyKind[]

/** Whether something that people of the team write can meet the policy. */
export function policyReaches({ scope, appliesTo }: PolicySpec, team: string): boolean {
  if (scope !== 'platform') return scope.team === team
  const isAboutTeams = appliesTo.teams.length === 0 || appliesTo.teams.includes(team)
  return isAboutTeams && TEAM_POLICY_KINDS.some((kind) => appliesTo.kinds.includes(kind))
}

/** The document of a Policy. */
export const policySchema = documentSchema('Policy', policySpecSchema)
export type Policy = z.infer<typeof policySchema>
