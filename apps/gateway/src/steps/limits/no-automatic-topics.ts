// SPDX-License-Identifier: Apache-2.0
/**
 * Trap: asking for the metadata of a topic creates it, past every limit, when the client allows it and the brokers do. Up to v3 a
 * request always allows it; such a request is asked anew in v4, which can forbid it.
 */
import { metadata, type RequestOf } from '@kaas/kafka-protocol'
import type { StepContext, StepResult } from '../../step.ts'
import { reply } from '../reply.ts'

const FORBIDDABLE_SINCE = 4

export function forbidAutomaticTopics(
  context: StepContext,
  request: RequestOf<typeof metadata>,
): StepResult | Promise<StepResult> {
  if (context.apiVersion >= FORBIDDABLE_SINCE) {
    if (!request.allowAutoTopicCreation) return { kind: 'forward', unchanged: true }
    request.allowAutoTopicCreation = false
    return { kind: 'forward' }
  }
  const { topics } = request
  const asksForAll = topics === null || (topics.length === 0 && context.apiVersion === 0)
  if (asksForAll || topics.length === 0) return { kind: 'forward', unchanged: true }
  return context
    .ask(metadata, FORBIDDABLE_SINCE, { topics, allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false })
    .then((answer) => reply(metadata, answer))
}
