// SPDX-License-Identifier: Apache-2.0
/**
 * The words of rights: verbs on kinds, within a scope. What a role grants and how a question is decided lies beside; who is bound
 * to a role is a RoleBinding.
 */
import { z } from 'zod'

/** What can be done to a kind. `read` includes lists and events; `write` makes and changes. */
export const VERBS = ['read', 'write', 'delete'] as const
/** One of them. */
export type Verb = (typeof VERBS)[number]

/** What is not a resource and still needs a right. */
export const VIEW_KINDS = [
  /** Records of topics: read shows them, write produces. */
  'Message',
  /** Consumer groups: write resets offsets. */
  'Group',
  /** Passwords and connection secrets of users: read tells them, write rotates and tests. */
  'Credential',
  /** What an order would get. */
  'Plan',
  /** Usage and lag over time. */
  'Series',
  'Audit',
  /** Tokens of machines and of other people; one's own need no right. */
  'Token',
  /** Sessions of other people, and who has signed in. */
  'Session',
  /** Why somebody else may or may not. */
  'Rights',
  /** Capacity, placement and health of the platform's parts. */
  'Platform',
] as const
/** One of them. */
export type ViewKind = (typeof VIEW_KINDS)[number]

/** Where a right holds. A team's scope covers its tenants, a tenant's what is in it. */
export const rightScopeSchema = z.union([
  z.literal('platform'),
  z.strictObject({ team: z.string().min(1) }),
  z.strictObject({ tenant: z.string().min(1) }),
])
/** One of them; documents and answers say it alike. */
export type RightScope = z.infer<typeof rightScopeSchema>

/** Verbs on kinds; `*` among the kinds stands for all of them, also those of later versions. */
export const rightRuleSchema = z.strictObject({
  verbs: z.array(z.enum(VERBS)).min(1),
  kinds: z.array(z.string().min(1)).min(1).describe('Kinds of resources, Message, Group, Credential, …; * for all'),
})
/** One rule, as `rightRuleSchema` takes it. */
export interface RightRule {
  readonly verbs: readonly Verb[]
  readonly kinds: readonly string[]
}

/** What one binding of one role gives, and where. */
export interface Grant {
  readonly role: string
  /** Name of the RoleBinding, `team:<name>` for members of a team, `token:<id>`, `bootstrap`. */
  readonly binding: string
  readonly scope: RightScope
  readonly rules: readonly RightRule[]
}
