// SPDX-License-Identifier: Apache-2.0
/** What a cluster's state means for its conditions and for when to look again. Pure. */
import { failed, settled, type Verdict, working } from '../conditions.ts'
import { CLUSTER_AWAY_MS, CLUSTER_LOOK_AGAIN_MS } from '../intervals.ts'
import type { Report } from '../run-context.ts'
import type { KafkaClusterObservation } from './observe-kafka-cluster.ts'
import type { KafkaClusterState } from './state-of-kafka-cluster.ts'

/** The report; while the cluster is away, `observed` keeps what was seen last, for gateways need its addresses. */
export function reportOfKafkaCluster({ cluster }: KafkaClusterObservation, state: KafkaClusterState): Report {
  const found = 'found' in state ? state.found : undefined
  const observed = found === undefined ? { ...cluster.status?.observed } : { ...found }
  const away = state.kind === 'Away' || state.kind === 'Lost'
  return { verdict: verdictOf(state), observed, againInMs: away ? CLUSTER_AWAY_MS : CLUSTER_LOOK_AGAIN_MS }
}

function verdictOf(state: KafkaClusterState): Verdict {
  switch (state.kind) {
    case 'Lost':
    case 'Away':
      return failed(state.error, 'trying to reach the cluster')
    case 'Unguarded':
      return working(state.kind, state.reason, 'create the guard user')
    case 'Found':
    case 'Ready':
      return settled(state.reason)
    case 'InUse':
      return working('InUse', state.reason, 'wait until its tenants are removed')
    case 'Gone':
      return working('Deleting', state.reason, state.reason)
    default:
      return state satisfies never
  }
}
