// SPDX-License-Identifier: Apache-2.0
/** Which reconciler works on which kind. */
import type { StoredResource } from '@kaas/store'
import { kafkaClusterReconciler } from './kafka-cluster/kafka-cluster-reconciler.ts'
import type { KindReconciler, NamedAction, NamedState } from './run-context.ts'
import { teamReconciler } from './team/team-reconciler.ts'
import { tenantReconciler } from './tenant/tenant-reconciler.ts'
import { topicReconciler } from './topic/topic-reconciler.ts'
import { userReconciler } from './user/user-reconciler.ts'

/** A reconciler whose inner types are its own business. */
type AnyReconciler = KindReconciler<StoredResource['kind'], unknown, NamedState, NamedAction>

const RECONCILERS = {
  KafkaCluster: kafkaClusterReconciler,
  Team: teamReconciler,
  Tenant: tenantReconciler,
  Topic: topicReconciler,
  User: userReconciler,
} as const

/** The reconciler for a resource of any kind. */
export function reconcilerOf(resource: StoredResource): AnyReconciler {
  // The table pairs each kind with a reconciler of exactly that kind; the compiler cannot follow that through the union.
  return RECONCILERS[resource.kind] as unknown as AnyReconciler
}
