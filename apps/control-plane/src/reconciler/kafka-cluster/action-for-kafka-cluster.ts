// SPDX-License-Identifier: Apache-2.0
/** The one action that a cluster's state calls for. Pure; tested as a table. */
import type { KaasError } from '@kaas/errors'
import type { ScramMechanism } from '@kaas/store'
import type { FoundCluster } from './observe-kafka-cluster.ts'
import type { KafkaClusterState } from './state-of-kafka-cluster.ts'

/** What to do, with all it needs. */
export type KafkaClusterAction =
  | { readonly kind: 'announceLoss'; readonly error: KaasError; readonly tenants: readonly string[] }
  | { readonly kind: 'announceCluster'; readonly found: FoundCluster; readonly reason: string }
  | { readonly kind: 'guardScramUsers'; readonly mechanisms: readonly ScramMechanism[] }
  | { readonly kind: 'removeCluster' }

/** Undefined where nothing can be done now. */
export function actionForKafkaCluster(state: KafkaClusterState): KafkaClusterAction | undefined {
  switch (state.kind) {
    case 'Lost':
      return { kind: 'announceLoss', error: state.error, tenants: state.tenants }
    case 'Unguarded':
      return { kind: 'guardScramUsers', mechanisms: state.mechanisms }
    case 'Found':
      return { kind: 'announceCluster', found: state.found, reason: state.reason }
    case 'Gone':
      return { kind: 'removeCluster' }
    case 'Away':
    case 'Ready':
    case 'InUse':
      return undefined
    default:
      return state satisfies never
  }
}
