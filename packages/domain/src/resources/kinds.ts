// SPDX-License-Identifier: Apache-2.0
/** The kinds the platform knows, as one table: the API makes its routes from it, the CLI its verbs. */
import { kafkaClusterSchema } from './kafka-cluster.ts'
import { teamSchema } from './team.ts'
import { tenantSchema } from './tenant.ts'
import { topicSchema } from './topic.ts'
import { userSchema } from './user.ts'

/** One entry per kind. `plural` is the word in paths and on the command line; a tenant-scoped kind lives below its tenant. */
export const RESOURCE_KINDS = {
  KafkaCluster: { plural: 'kafkaclusters', singular: 'kafkacluster', scope: 'platform', schema: kafkaClusterSchema },
  Team: { plural: 'teams', singular: 'team', scope: 'platform', schema: teamSchema },
  Tenant: { plural: 'tenants', singular: 'tenant', scope: 'platform', schema: tenantSchema },
  Topic: { plural: 'topics', singular: 'topic', scope: 'tenant', schema: topicSchema },
  User: { plural: 'users', singular: 'user', scope: 'tenant', schema: userSchema },
} as const

export type ResourceKind = keyof typeof RESOURCE_KINDS
