// SPDX-License-Identifier: Apache-2.0
/** Names the state of a physical cluster, with the reason. Pure; tested as a table. */
import type { KaasError } from '@kaas/errors'
import type { ScramMechanism } from '@kaas/store'
import { wasReady } from '../save-report.ts'
import type { FoundCluster, KafkaClusterObservation } from './observe-kafka-cluster.ts'

/** Where a cluster stands. `reason` is a sentence for its conditions. */
export type KafkaClusterState = { readonly reason: string } & (
  | { readonly kind: 'Lost' | 'Away'; readonly error: KaasError; readonly tenants: readonly string[] }
  | { readonly kind: 'Unguarded'; readonly found: FoundCluster; readonly mechanisms: readonly ScramMechanism[] }
  | { readonly kind: 'Found'; readonly found: FoundCluster }
  | { readonly kind: 'Ready'; readonly found: FoundCluster }
  | { readonly kind: 'InUse' }
  | { readonly kind: 'Gone' }
)

/** `Lost` and `Found` are the moments in which tenants must be told; `Found` is also a changed number of brokers. */
export function stateOfKafkaCluster({ cluster, tenants, contact }: KafkaClusterObservation): KafkaClusterState {
  switch (contact.kind) {
    case 'unasked':
      return tenants.length > 0
        ? { kind: 'InUse', reason: `${tenants.length} tenants still live on the cluster, for example "${tenants[0]}".` }
        : { kind: 'Gone', reason: 'No tenant lives on the cluster.' }
    case 'away':
      return { kind: wasReady(cluster) ? 'Lost' : 'Away', error: contact.error, tenants, reason: contact.error.message }
    case 'reached': {
      const { found, unguarded } = contact
      if (unguarded.length > 0) {
        const reason = 'The user that keeps SCRAM users alive across a restart is missing.'
        return { kind: 'Unguarded', found, mechanisms: unguarded, reason }
      }
      const kind = wasReady(cluster) && brokersSeen(cluster) === found.brokers.length ? 'Ready' : 'Found'
      return { kind, found, reason: describe(found) }
    }
    default:
      return contact satisfies never
  }
}

function brokersSeen(cluster: KafkaClusterObservation['cluster']): number {
  const brokers = cluster.status?.observed.brokers
  return Array.isArray(brokers) ? brokers.length : 0
}

function describe({ release, brokers }: FoundCluster): string {
  const running = brokers.filter(({ fenced }) => !fenced).length
  const version = release === undefined ? 'Kafka of an unknown release' : `Kafka ${release}`
  return `${version}, ${running} of ${brokers.length} brokers run.`
}
