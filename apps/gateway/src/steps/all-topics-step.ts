// SPDX-License-Identifier: Apache-2.0
/**
 * Makes a list of all topics cost what the tenant has. Kafka answers it by checking the user's rights on every topic of the cluster; where
 * that is dear, the question is put by the tenant's names instead (decision 0031). The broker still answers, and still checks the user's
 * rights on each: a name that is gone or not hers is left out. Works on physical names, so it stands behind the names.
 */
import { createTopics, describeTopicPartitions, ERROR_CODES, metadata } from '@kaas/kafka-protocol'
import type { Message, Step, StepContext, StepResult } from '../step.ts'
import { type ReadNames, TopicIndex } from './all-topics/topic-index.ts'
import { isOffered } from './api-claims.ts'
import { nameViewOf } from './names/name-view.ts'

const NOTE = 'all-topics'
const FORWARD: StepResult = { kind: 'forward' }
const UNCHANGED: StepResult = { kind: 'forward', unchanged: true }
const NO_ID = '0'.repeat(32)
/** Earlier versions cannot forbid that asking by name creates a topic. */
const METADATA_SINCE = 4
/** What Kafka leaves out of a list of all, and says of a name. */
const LEFT_OUT: ReadonlySet<number> = new Set([
  ERROR_CODES.UNKNOWN_TOPIC_OR_PARTITION,
  ERROR_CODES.TOPIC_AUTHORIZATION_FAILED,
])

/** What both APIs ask by. */
interface Question {
  topics: { topicId?: string; name: string }[] | null
  allowAutoTopicCreation?: boolean
  cursor?: { topicName: string } | null
}

/** What the answers of all three have. */
interface Told {
  topics: readonly { readonly name: string | null; readonly errorCode: number }[]
}

/** The step, with one index for each cluster. Clusters up to `smallCluster` topics are asked for all; without it up to a number that was measured. */
export function createAllTopicsStep(smallCluster?: number): Step {
  const indexes = new Map<string, TopicIndex>()
  const indexOf = ({ tenant }: StepContext): TopicIndex => {
    const known = indexes.get(tenant.cluster) ?? new TopicIndex(smallCluster)
    indexes.set(tenant.cluster, known)
    return known
  }
  return {
    name: NOTE,
    wants: (apiKey, apiVersion) => {
      const lists = apiKey === describeTopicPartitions.key || (apiKey === metadata.key && apiVersion >= METADATA_SINCE)
      const isWanted = isOffered(apiKey, apiVersion)
      return { request: isWanted && lists, response: isWanted && (lists || apiKey === createTopics.key) }
    },
    request: (context, message) => {
      if (!asksForAll(context, message)) return UNCHANGED
      const names = indexOf(context).namesOf(context.tenant.name, Date.now(), namesAsService(context))
      return names instanceof Promise
        ? names.then((late) => askByName(context, message, late))
        : askByName(context, message, names)
    },
    response: (context, message) => {
      if (context.apiKey === createTopics.key) rememberMade(context, message, indexOf(context))
      else if (context.notes.has(NOTE)) leaveOut(message)
    },
  }
}

function asksForAll({ apiKey }: StepContext, message: Message): boolean {
  const { topics } = message as Pick<Question, 'topics'>
  return apiKey === metadata.key ? topics === null : topics?.length === 0
}

function askByName(context: StepContext, message: Message, own: readonly string[] | undefined): StepResult {
  if (own === undefined) return UNCHANGED
  const shared = nameViewOf(context.tenant).shared.others.map(({ physicalName }) => physicalName)
  const names = [...own, ...shared]
  context.notes.set(NOTE, true)
  const question = message as unknown as Question
  if (context.apiKey === metadata.key) {
    question.topics = names.map((name) => ({ topicId: NO_ID, name }))
    question.allowAutoTopicCreation = false
    return FORWARD
  }
  const start = question.cursor?.topicName ?? ''
  const listed = names.filter((name) => name >= start).map((name) => ({ name }))
  if (listed.length === 0) return { kind: 'reply', response: { throttleTimeMs: 0, topics: [], nextCursor: null } }
  // Among names that are listed Kafka wants to find the one of the cursor; at the beginning it is no topic, but the tenant's prefix.
  if (!listed.some(({ name }) => name === start)) question.cursor = null
  question.topics = listed
  return FORWARD
}

function leaveOut(message: Message): void {
  const told = message as unknown as Told
  told.topics = told.topics.filter(({ errorCode }) => !LEFT_OUT.has(errorCode))
}

function rememberMade({ tenant }: StepContext, message: Message, index: TopicIndex): void {
  for (const { name, errorCode } of (message as unknown as Told).topics) {
    if (name !== null && errorCode === 0) index.made(tenant.name, name, Date.now())
  }
}

function namesAsService(context: StepContext): ReadNames {
  return async () => {
    await context.askAsService(metadata, { topics: [], allowAutoTopicCreation: false })
    const started = performance.now()
    const answer = await context.askAsService(metadata, { topics: null, allowAutoTopicCreation: false })
    const tookMs = performance.now() - started
    return { names: answer.topics.flatMap(({ name }) => (name === null || name === '' ? [] : [name])), tookMs }
  }
}
