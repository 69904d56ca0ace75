// SPDX-License-Identifier: Apache-2.0
/** The kinds the platform knows, as one table: the API makes its routes from it, the CLI its verbs. */
import type { z } from 'zod'
import { kafkaClusterSchema } from './kafka-cluster.ts'
import { policySchema } from './policy.ts'
import { roleSchema } from './role.ts'
import { roleBindingSchema } from './role-binding.ts'
import { teamSchema } from './team.ts'
import { tenantSchema } from './tenant.ts'
import { topicSchema } from './topic.ts'
import { topicShareSchema } from './topic-share.ts'
import { userSchema } from './user.ts'

/** One entry per kind. `plural` is the word in paths and on the command line; a tenant-scoped kind lives below its tenant. */
export const RESOURCE_KINDS = {
  KafkaCluster: { plural: 'kafkaclusters', singular: 'kafkacluster', scope: 'platform', schema: kafkaClusterSchema },
  Team: { plural: 'teams', singular: 'team', scope: 'platform', schema: teamSchema },
  Role: { plural: 'roles', singular: 'role', scope: 'platform', schema: roleSchema },
  Policy: { plural: 'policies', singular: 'policy', scope: 'platform', schema: policySchema },
  Tenant: { plural: 'tenants', singular: 'tenant', scope: 'platform', schema: tenantSchema },
  Topic: { plural: 'topics', singular: 'topic', scope: 'tenant', schema: topicSchema },
  User: { plural: 'users', singular: 'user', scope: 'tenant', schema: userSchema },
  TopicShare: { plural: 'shares', singular: 'share', scope: 'tenant', schema: topicShareSchema },
  RoleBinding: { plural: 'rolebindings', singular: 'rolebinding', scope: 'platform', schema: roleBindingSchema },
} as const

/** The name of a kind, as documents carry it. */
export type ResourceKind = keyof typeof RESOURCE_KINDS

/** A document of the kind, with defaults filled in. */
export type ResourceOf<K extends ResourceKind> = z.output<(typeof RESOURCE_KINDS)[K]['schema']>

/** A document of any kind. */
export type Resource = { [K in ResourceKind]: ResourceOf<K> }[ResourceKind]

/** The kind a person means by `Tenant`, `tenant` or `tenants`, in any case; undefined for no kind. */
export function resourceKindOf(word: string): ResourceKind | undefined {
  const wanted = word.toLowerCase()
  return KIND_NAMES.find((kind) => {
    const { singular, plural } = RESOURCE_KINDS[kind]
    return wanted === singular || wanted === plural
  })
}

/** All kinds, in the order in which documents depend on each other: what comes first must exist first. */
export const KIND_NAMES = Object.keys(RESOURCE_KINDS) as readonly ResourceKind[]
