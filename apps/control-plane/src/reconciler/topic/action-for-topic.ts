// SPDX-License-Identifier: Apache-2.0
/** The one action that a topic's state calls for. Pure; tested as a table. */
import type { ConfigChange } from '@kaas/kafka-admin'
import type { DesiredTopic } from './desired-topic.ts'
import type { TopicState } from './state-of-topic.ts'

/** What to do, with all it needs. */
export type TopicAction =
  | { readonly kind: 'createTopic'; readonly cluster: string; readonly topic: DesiredTopic }
  | { readonly kind: 'growTopic'; readonly cluster: string; readonly topic: DesiredTopic }
  | {
      readonly kind: 'configureTopic'
      readonly cluster: string
      readonly topic: DesiredTopic
      readonly change: ConfigChange
    }
  | { readonly kind: 'deleteTopic'; readonly cluster: string; readonly name: string }
  | { readonly kind: 'removeTopic' }

/** Undefined where nothing can be done now. */
export function actionForTopic(state: TopicState): TopicAction | undefined {
  switch (state.kind) {
    case 'Absent':
      return { kind: 'createTopic', cluster: state.cluster, topic: state.desired }
    case 'TooFewPartitions':
      return { kind: 'growTopic', cluster: state.cluster, topic: state.desired }
    case 'SettingsDiffer':
      return { kind: 'configureTopic', cluster: state.cluster, topic: state.desired, change: state.change }
    case 'StillThere':
      return { kind: 'deleteTopic', cluster: state.cluster, name: state.name }
    case 'Gone':
      return { kind: 'removeTopic' }
    case 'TenantNotReady':
    case 'LimitExceeded':
    case 'MorePartitions':
    case 'InSync':
    case 'UsersFirst':
      return undefined
    default:
      return state satisfies never
  }
}
