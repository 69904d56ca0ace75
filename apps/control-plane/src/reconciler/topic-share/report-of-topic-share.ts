// SPDX-License-Identifier: Apache-2.0
/** What a share's state means for its conditions and for when to look again. Pure. */
import { shareInForce } from '../../tenants/shared-topics.ts'
import { blocked, settled, type Verdict, working } from '../conditions.ts'
import { LOOK_AGAIN_MS, WAIT_MS } from '../intervals.ts'
import type { Report } from '../run-context.ts'
import type { TopicShareObservation } from './observe-topic-share.ts'
import type { TopicShareState } from './state-of-topic-share.ts'

/** The report; `observed` keeps the note by which gateways and rights go, until the share is withdrawn. */
export function reportOfTopicShare({ share }: TopicShareObservation, state: TopicShareState): Report {
  const noted = shareInForce(share)
  return {
    verdict: verdictOf(state),
    observed: noted === undefined ? {} : { share: noted },
    againInMs: againInMs(state),
  }
}

function againInMs(state: TopicShareState): number {
  if (state.kind === 'Farewell') return state.leftMs
  return state.kind === 'InForce' ? LOOK_AGAIN_MS : WAIT_MS
}

function verdictOf(state: TopicShareState): Verdict {
  const { kind, reason } = state
  switch (kind) {
    case 'OwnerNotReady':
    case 'TopicAbsent':
      return working(kind, reason, kind === 'TopicAbsent' ? 'wait for the topic' : 'wait for the tenant')
    case 'NotAccepted':
      return blocked('Accepted', kind, reason)
    case 'OtherCluster':
    case 'NameTaken':
    case 'SharedAlready':
      return blocked('Planned', kind, reason)
    case 'Withdrawn':
    case 'Unannounced':
    case 'RightsDiffer':
      return working(kind, reason, 'change rights and names')
    case 'InForce':
      return settled(reason, kind)
    case 'Farewell':
    case 'Gone':
      return working('Deleting', reason, reason)
    default:
      return kind satisfies never
  }
}
