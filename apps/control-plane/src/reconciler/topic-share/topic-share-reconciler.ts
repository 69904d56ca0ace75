// SPDX-License-Identifier: Apache-2.0
/** Shares: put in force, put right, and taken back with nothing left. */
import type { StoredResource } from '@kaas/store'
import type { KindReconciler, RunContext } from '../run-context.ts'
import { saveObserved } from '../save-observed.ts'
import { keyOf } from '../save-report.ts'
import { actionForTopicShare, type TopicShareAction } from './action-for-topic-share.ts'
import { observeTopicShare, type TopicShareObservation } from './observe-topic-share.ts'
import { reportOfTopicShare } from './report-of-topic-share.ts'
import { stateOfTopicShare, type TopicShareState } from './state-of-topic-share.ts'

export const topicShareReconciler: KindReconciler<'TopicShare', TopicShareObservation, TopicShareState, TopicShareAction> = {
  observe: observeTopicShare,
  stateOf: stateOfTopicShare,
  actionFor: actionForTopicShare,
  reportOf: reportOfTopicShare,
  act,
}

async function act(context: RunContext, share: StoredResource<'TopicShare'>, action: TopicShareAction): Promise<void> {
  switch (action.kind) {
    case 'removeShare':
      await context.store.removeResource(keyOf(share), share.uid)
      return
    case 'announceShare':
      await saveObserved(context.store, share, { share: action.share })
      return context.published(share.spec.with)
    case 'withdrawShare': {
      await saveObserved(context.store, share, { share: undefined })
      const { admin } = await context.cluster(action.cluster)
      await admin.deleteAcls(action.remove)
      return
    }
    case 'alterAcls': {
      const { admin } = await context.cluster(action.cluster)
      await admin.deleteAcls(action.remove)
      return admin.createAcls(action.add)
    }
    default:
      return action satisfies never
  }
}
