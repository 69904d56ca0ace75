// SPDX-License-Identifier: Apache-2.0
/** User: an identity with which an application logs in to Kafka. Its full name is `<tenant>.<name>`. */
import { z } from 'zod'
import { documentSchema, rateText } from './envelope.ts'

/** What a role lets a user do with the names of its tenant: admin everything, producer write topics, consumer read them in groups. */
export const USER_ROLES = ['admin', 'producer', 'consumer'] as const

/** One exact right, in Kafka's words. `name` is a name inside the tenant; `*` with `prefix` means all of them. */
export const accessRuleSchema = z.strictObject({
  resource: z.enum(['topic', 'group', 'transactionalId']),
  name: z.string().min(1),
  pattern: z.enum(['literal', 'prefix']).default('literal'),
  operations: z
    .array(z.enum(['read', 'write', 'create', 'delete', 'alter', 'describe', 'describeConfigs', 'alterConfigs', 'all']))
    .min(1),
})
export type AccessRule = z.infer<typeof accessRuleSchema>

/** How a user logs in: by password, by certificate, or by a bearer token of an issuer that the platform trusts. */
export const AUTHENTICATIONS = ['scram-sha-512', 'scram-sha-256', 'tls', 'oauth'] as const
type Authentication = (typeof AUTHENTICATIONS)[number]

/** What tells who she is when it is no password: the gateway checks it, and Kafka believes the gateway (decision 0019). */
export function proofOf(authentication: Authentication): 'certificate' | 'bearer' | undefined {
  return authentication === 'tls' ? 'certificate' : authentication === 'oauth' ? 'bearer' : undefined
}

/** How the user logs in, what it may do, how fast. No role and no rule: it can log in and sees nothing. */
export const userSpecSchema = z.strictObject({
  authentication: z.enum(AUTHENTICATIONS).default('scram-sha-512'),
  roles: z.array(z.enum(USER_ROLES)).default([]),
  access: z.array(accessRuleSchema).default([]),
  quotas: z.strictObject({ produce: rateText.optional(), consume: rateText.optional() }).default({}),
})
export type UserSpec = z.infer<typeof userSpecSchema>

/** The document of a User. Its `metadata.tenant` is needed; the password is never in it. */
export const userSchema = documentSchema('User', userSpecSchema)
export type User = z.infer<typeof userSchema>
