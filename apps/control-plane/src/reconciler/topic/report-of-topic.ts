// SPDX-License-Identifier: Apache-2.0
/** What a topic's state means for its conditions and for when to look again. Pure. */
import { blocked, settled, type Verdict, working } from '../conditions.ts'
import { LOOK_AGAIN_MS, WAIT_MS } from '../intervals.ts'
import type { Report } from '../run-context.ts'
import type { TopicObservation } from './observe-topic.ts'
import type { TopicState } from './state-of-topic.ts'

/** The report; `observed` shows the topic as Kafka has it. */
export function reportOfTopic(observation: TopicObservation, state: TopicState): Report {
  const waits = state.kind === 'TenantNotReady' || state.kind === 'UsersFirst'
  return { verdict: verdictOf(state), observed: observedOf(observation), againInMs: waits ? WAIT_MS : LOOK_AGAIN_MS }
}

function observedOf(observation: TopicObservation): Readonly<Record<string, unknown>> {
  if (observation.kind === 'homeless' || observation.found === undefined) return {}
  const { description, configs } = observation.found
  const { name, topicId, partitions, replicationFactor } = description
  return { physicalName: name, topicId, partitions, replicationFactor, config: configs }
}

function verdictOf(state: TopicState): Verdict {
  const { reason } = state
  switch (state.kind) {
    case 'TenantNotReady':
      return working(state.kind, reason, 'wait for the tenant')
    case 'LimitExceeded':
      return blocked('Planned', state.kind, reason)
    case 'Absent':
    case 'TooFewPartitions':
    case 'SettingsDiffer':
      return working(state.kind, reason, 'change the topic')
    case 'MorePartitions':
      return settled(reason, state.kind)
    case 'InSync':
      return settled(reason)
    case 'UsersFirst':
    case 'StillThere':
    case 'Gone':
      return working('Deleting', reason, reason)
    default:
      return state satisfies never
  }
}
