// SPDX-License-Identifier: Apache-2.0
/** The one action that a share's state calls for. Pure; tested as a table. */
import type { Acl } from '@kaas/kafka-admin'
import type { ShareInForce } from '../../tenants/shared-topics.ts'
import type { TopicShareState } from './state-of-topic-share.ts'

/** What to do, with all it needs. */
export type TopicShareAction =
  /** The share is noted, and gateways are told. */
  | { readonly kind: 'announceShare'; readonly share: ShareInForce }
  | { readonly kind: 'alterAcls'; readonly cluster: string; readonly add: readonly Acl[]; readonly remove: readonly Acl[] }
  /** The note is taken back first, so that no user gets the rights again; then the rights. */
  | { readonly kind: 'withdrawShare'; readonly cluster: string; readonly remove: readonly Acl[] }
  | { readonly kind: 'removeShare' }

/** Undefined where nothing can be done now. */
export function actionForTopicShare(state: TopicShareState): TopicShareAction | undefined {
  switch (state.kind) {
    case 'Withdrawn':
      return { kind: 'withdrawShare', cluster: state.cluster, remove: state.remove }
    case 'Unannounced':
      return { kind: 'announceShare', share: state.share }
    case 'RightsDiffer':
      return { kind: 'alterAcls', cluster: state.cluster, add: state.add, remove: state.remove }
    case 'Gone':
      return { kind: 'removeShare' }
    case 'OwnerNotReady':
    case 'NotAccepted':
    case 'OtherCluster':
    case 'NameTaken':
    case 'SharedAlready':
    case 'TopicAbsent':
    case 'InForce':
    case 'Farewell':
      return undefined
    default:
      return state satisfies never
  }
}
