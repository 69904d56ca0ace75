// SPDX-License-Identifier: Apache-2.0
/** Which reconciler works on which kind. */
import type { Store, StoredResource } from '@kaas/store'
import { isDedicated } from '../tenants/is-dedicated.ts'
import { childReconciler } from './dedicated/child-reconciler.ts'
import { dedicatedReconciler } from './dedicated/dedicated-reconciler.ts'
import { removalReconciler } from './dedicated/removal/removal-reconciler.ts'
import { kafkaClusterReconciler } from './kafka-cluster/kafka-cluster-reconciler.ts'
import type { KindReconciler, NamedAction, NamedState } from './run-context.ts'
import { storedReconciler } from './stored/stored-reconciler.ts'
import { tenantReconciler } from './tenant/tenant-reconciler.ts'
import { topicReconciler } from './topic/topic-reconciler.ts'
import { topicShareReconciler } from './topic-share/topic-share-reconciler.ts'
import { userReconciler } from './user/user-reconciler.ts'

/** A reconciler whose inner types are its own business. */
type AnyReconciler = KindReconciler<StoredResource['kind'], unknown, NamedState, NamedAction>

const RECONCILERS = {
  KafkaCluster: kafkaClusterReconciler,
  Team: storedReconciler('team'),
  Role: storedReconciler('role'),
  Policy: storedReconciler('policy'),
  Tenant: tenantReconciler,
  Topic: topicReconciler,
  User: userReconciler,
  TopicShare: topicShareReconciler,
  RoleBinding: storedReconciler('binding'),
} as const

/** The reconciler for a resource of any kind. Tenants with Kafka of their own, and what is in them, have others than virtual ones. */
export async function reconcilerOf(store: Store, resource: StoredResource): Promise<AnyReconciler> {
  // The table pairs each kind with a reconciler of exactly that kind; the compiler cannot follow that through the union.
  const virtual = RECONCILERS[resource.kind] as unknown as AnyReconciler
  switch (resource.kind) {
    case 'Tenant': {
      if (!isDedicated(resource)) return virtual
      const deleting = resource.deletionRequestedAt !== undefined
      return (deleting ? removalReconciler : dedicatedReconciler) as unknown as AnyReconciler
    }
    case 'Topic':
    case 'User': {
      const tenant = await store.loadResource({ kind: 'Tenant', name: resource.tenant ?? '' })
      return tenant !== undefined && isDedicated(tenant) ? (childReconciler as unknown as AnyReconciler) : virtual
    }
    case 'KafkaCluster':
    case 'Team':
    case 'Role':
    case 'Policy':
    case 'RoleBinding':
    case 'TopicShare':
      return virtual
    default:
      return resource satisfies never
  }
}
