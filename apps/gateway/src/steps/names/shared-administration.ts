// SPDX-License-Identifier: Apache-2.0
/**
 * Traps: what a name of a share does not do. Under it a topic is read and written, but neither made, deleted, grown, emptied nor
 * configured: that is for its owner, under its own name. The broker would refuse most of it for want of rights; here it is
 * refused with the reason, and nothing else of the same request is held up.
 */
import { createPartitions, createTopics, deleteRecords, deleteTopics, ERROR_CODES } from '@kaas/kafka-protocol'
import type { StepContext, StepResult } from '../../step.ts'
import { reply } from '../reply.ts'
import type { NameView } from './name-view.ts'
import { type Trap, trap } from './trap.ts'

/** Key of the refusals in `StepContext.notes`, by the names on the broker, as all names of an answer on its way back. */
const NOTE = 'shared names'

/** Since then DeleteTopics asks by name or by id; names were a list of their own before. */
const BY_TOPIC_SINCE = 6

/** A topic under the name of a share would never be found again. */
export const createTopicsTrap: Trap = trap(createTopics, {
  check(view, request, context) {
    const refuse = (name: string) => ({
      name,
      topicId: ZERO_UUID,
      errorCode: ERROR_CODES.TOPIC_ALREADY_EXISTS,
      errorMessage: 'The name is taken: a topic that is shared with this tenant appears under it.',
      configs: [],
    })
    const { left, answer } = takeOut(view, context, request.topics, ({ name }) => name, refuse)
    request.topics = left
    return answer((topics) => reply(createTopics, { throttleTimeMs: 0, topics }))
  },
  response: (_view, response, context) => void response.topics.push(...(refusals(context) as typeof response.topics)),
})

/** By name; of ids the broker decides, as of every right. */
export const deleteTopicsTrap: Trap = trap(deleteTopics, {
  check(view, request, context) {
    const refuse = (name: string) => ({ name, topicId: ZERO_UUID, ...REFUSED })
    const isByTopic = context.apiVersion >= BY_TOPIC_SINCE
    const topics = takeOut(view, context, isByTopic ? request.topics : [], ({ name }) => name, refuse)
    const names = takeOut(view, context, isByTopic ? [] : request.topicNames, (name) => name, refuse)
    request.topics = topics.left
    request.topicNames = names.left
    const { answer } = isByTopic ? topics : names
    return answer((responses) => reply(deleteTopics, { throttleTimeMs: 0, responses }))
  },
  response: (_view, response, context) => void response.responses.push(...(refusals(context) as typeof response.responses)),
})

/** Its answer has no text: who asks is told by the code alone. */
export const deleteRecordsTrap: Trap = trap(deleteRecords, {
  check(view, request, context) {
    const { errorCode } = REFUSED
    const partitionsOf = (wanted: string) =>
      request.topics
        .filter(({ name }) => name === wanted)
        .flatMap(({ partitions }) =>
          partitions.map(({ partitionIndex }) => ({ partitionIndex, lowWatermark: -1n, errorCode })),
        )
    const all = new Map(request.topics.map(({ name }) => [name, partitionsOf(name)]))
    const refuse = (name: string, asked: string) => ({ name, partitions: all.get(asked) ?? [] })
    const { left, answer } = takeOut(view, context, request.topics, ({ name }) => name, refuse)
    request.topics = left
    return answer((topics) => reply(deleteRecords, { throttleTimeMs: 0, topics }))
  },
  response: (_view, response, context) => void response.topics.push(...(refusals(context) as typeof response.topics)),
})

/** Partitions count for the owner, and are made by the owner. */
export const createPartitionsTrap: Trap = trap(createPartitions, {
  check(view, request, context) {
    const refuse = (name: string) => ({ name, ...REFUSED })
    const { left, answer } = takeOut(view, context, request.topics, ({ name }) => name, refuse)
    request.topics = left
    return answer((results) => reply(createPartitions, { throttleTimeMs: 0, results }))
  },
  response: (_view, response, context) => void response.results.push(...(refusals(context) as typeof response.results)),
})

/** What who administers a topic by the name of a share is told. */
export const REFUSED = {
  errorCode: ERROR_CODES.TOPIC_AUTHORIZATION_FAILED,
  errorMessage: 'This is the name of a share: the topic is administered by its owner, under its own name.',
} as const

const ZERO_UUID = '0'.repeat(32)

interface TakenOut<T, R> {
  readonly left: T[]
  /** The answer when nothing is left to ask the broker for; undefined when something is. */
  answer(replyWith: (refused: R[]) => StepResult): StepResult | undefined
}

/** Splits a list by who may have it. `refuse` makes the refusal of a name; what goes on has its refusals added on the way back. */
function takeOut<T, R extends { name: string }>(
  view: NameView,
  context: StepContext,
  asked: readonly T[],
  nameOf: (each: T) => string | null,
  refuse: (name: string, asked: string) => R,
): TakenOut<T, R> {
  const isShared = (each: T): boolean => view.shared.physicalOf(nameOf(each) ?? '') !== undefined
  const names = asked.filter(isShared).map((each) => nameOf(each) ?? '')
  const left = asked.filter((each) => !isShared(each))
  if (names.length > 0) {
    context.notes.set(
      NOTE,
      names.map((name) => refuse(view.toPhysical('topic', name), name)),
    )
  }
  const isAnswered = names.length > 0 && left.length === 0
  return {
    left,
    answer: (replyWith) => (isAnswered ? replyWith(names.map((name) => refuse(name, name))) : undefined),
  }
}

function refusals(context: StepContext): readonly unknown[] {
  return (context.notes.get(NOTE) ?? []) as readonly unknown[]
}
