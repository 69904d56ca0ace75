// SPDX-License-Identifier: Apache-2.0
/** Topics: made, grown, configured, put right and deleted. */
import { KaasError } from '@kaas/errors'
import type { StoredResource } from '@kaas/store'
import type { KindReconciler, RunContext } from '../run-context.ts'
import { keyOf } from '../save-report.ts'
import { actionForTopic, type TopicAction } from './action-for-topic.ts'
import { observeTopic, type TopicObservation } from './observe-topic.ts'
import { reportOfTopic } from './report-of-topic.ts'
import { stateOfTopic, type TopicState } from './state-of-topic.ts'

export const topicReconciler: KindReconciler<'Topic', TopicObservation, TopicState, TopicAction> = {
  observe: observeTopic,
  stateOf: stateOfTopic,
  actionFor: actionForTopic,
  reportOf: reportOfTopic,
  act,
}

async function act(context: RunContext, topic: StoredResource<'Topic'>, action: TopicAction): Promise<void> {
  if (action.kind === 'removeTopic') {
    await context.store.removeResource(keyOf(topic), topic.uid)
    return
  }
  const { admin } = await context.cluster(action.cluster)
  switch (action.kind) {
    case 'createTopic':
      return admin.createTopic(action.topic).catch(unlessItExists)
    case 'growTopic':
      return admin.createPartitions(action.topic.name, action.topic.partitions)
    case 'configureTopic':
      return admin.alterConfigs('topic', action.topic.name, action.change)
    case 'deleteTopic':
      return admin.deleteTopics([action.name])
    default:
      return action satisfies never
  }
}

/** A request whose answer was lost is sent twice; the second then finds the topic. What it looks like is observed next. */
function unlessItExists(error: unknown): void {
  if (!(error instanceof KaasError) || error.code !== 'resource-exists') throw error
}
