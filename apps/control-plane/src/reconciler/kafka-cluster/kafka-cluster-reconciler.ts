// SPDX-License-Identifier: Apache-2.0
/** Physical clusters: looked at, and given a guard for their SCRAM users. Their coming and going is told to the tenants. */
import type { StoredResource } from '@kaas/store'
import { failed, settled } from '../conditions.ts'
import type { KindReconciler, RunContext } from '../run-context.ts'
import { keyOf, saveReport } from '../save-report.ts'
import { actionForKafkaCluster, type KafkaClusterAction } from './action-for-kafka-cluster.ts'
import { guardScramUsers } from './guard-scram-users.ts'
import { type KafkaClusterObservation, observeKafkaCluster } from './observe-kafka-cluster.ts'
import { reportOfKafkaCluster } from './report-of-kafka-cluster.ts'
import { type KafkaClusterState, stateOfKafkaCluster } from './state-of-kafka-cluster.ts'

export const kafkaClusterReconciler: KindReconciler<
  'KafkaCluster',
  KafkaClusterObservation,
  KafkaClusterState,
  KafkaClusterAction
> = {
  observe: observeKafkaCluster,
  stateOf: stateOfKafkaCluster,
  actionFor: actionForKafkaCluster,
  reportOf: reportOfKafkaCluster,
  act,
}

async function act(context: RunContext, cluster: StoredResource<'KafkaCluster'>, action: KafkaClusterAction): Promise<void> {
  const { store } = context
  switch (action.kind) {
    case 'announceLoss': {
      const verdict = failed(action.error, 'trying to reach the cluster')
      await saveReport(context, cluster, { verdict, observed: { ...cluster.status?.observed } })
      return store.requestWork({ keys: action.tenants.map((name) => ({ kind: 'Tenant', name })) })
    }
    case 'announceCluster':
      await saveReport(context, cluster, { verdict: settled(action.reason), observed: { ...action.found } })
      // All of them: those without a place may get one here. Each wakes its own topics and users when it is ready again.
      return store.requestWork({ kind: 'Tenant' })
    case 'guardScramUsers':
      return guardScramUsers(context, cluster, action.mechanisms)
    case 'removeCluster':
      await store.removeResource(keyOf(cluster), cluster.uid)
      return context.clusters.forget(cluster.name)
    default:
      return action satisfies never
  }
}
