// SPDX-License-Identifier: Apache-2.0
/** The tenant may have 10 partitions and keeps data for at most what `step-context.ts` says; the cluster has the topics that a test names. */
import { KaasError } from '@kaas/errors'
import {
  describeTopicPartitions,
  ERROR_CODES,
  metadata,
  type RequestInput,
  type RequestOf,
  streamsGroupHeartbeat,
} from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { type Answers, stepContext, TENANT } from '../../../test/step-context.ts'
import type { Message } from '../../step.ts'
import { createLimitsStep } from '../limits-step.ts'

type Subtopology = NonNullable<RequestInput<typeof streamsGroupHeartbeat>['topology']>['subtopologies'][number]
type Heartbeat = RequestOf<typeof streamsGroupHeartbeat>

const LIMIT = String(TENANT.limits.retentionMs)

test('topics that the broker would make for an application count with as many partitions as what it reads', async () => {
  const reading = { sourceTopics: ['orders.lines'], stateChangelogTopics: [topic('orders.app-store-changelog')] }
  expect(await ask(heartbeat(reading), { 'orders.lines': 5 })).toEqual({ kind: 'forward' })
  const refused = await ask(heartbeat(reading), { 'orders.lines': 6 })
  expect(refused).toMatchObject({ kind: 'reply', response: { errorCode: 44, memberId: 'member' } })
  expect(JSON.stringify(refused)).toMatch(/may have 10 partitions and has 6; this would add 6/)
})

test('topics that are there already count once, and those of a moment ago are not forgotten', async () => {
  const reading = { sourceTopics: ['orders.lines'], stateChangelogTopics: [topic('orders.app-store-changelog')] }
  const there = { 'orders.lines': 5, 'orders.app-store-changelog': 5 }
  expect(await ask(heartbeat(reading), there)).toEqual({ kind: 'forward' })
  const step = createLimitsStep()
  expect(await ask(heartbeat(reading), { 'orders.lines': 5 }, step)).toEqual({ kind: 'forward' })
  const other = { sourceTopics: ['orders.lines'], stateChangelogTopics: [topic('orders.other-store-changelog')] }
  expect(await ask(heartbeat(other), { 'orders.lines': 5 }, step)).toMatchObject({ response: { errorCode: 44 } })
})

test('what is read must be there first, as nothing could be counted: the member is told which topics to create', async () => {
  const repartition = topic('orders.app-by-word-repartition')
  const missing = { sourceTopics: ['orders.lines', repartition.name], repartitionSourceTopics: [repartition] }
  const refused = await ask(heartbeat(missing), {})
  expect(refused).toMatchObject({ kind: 'reply', response: { errorCode: ERROR_CODES.STREAMS_INVALID_TOPOLOGY } })
  expect(JSON.stringify(refused)).toContain('Source topics orders.lines are missing. Create them')
})

test('a topic that another tenant shares counts as what is read, and not as the tenant’s own', async () => {
  const reading = { sourceTopics: ['shop.prices'], stateChangelogTopics: [topic('orders.app-store-changelog')] }
  expect(await ask(heartbeat(reading), {}, createLimitsStep(), { 'shop.prices': 10 })).toEqual({ kind: 'forward' })
  const refused = await ask(heartbeat(reading), {}, createLimitsStep(), { 'shop.prices': 11 })
  expect(refused).toMatchObject({ kind: 'reply', response: { errorCode: 44 } })
})

test('data between the parts of an application is kept no longer than the tenant keeps data', async () => {
  const request = heartbeat({
    repartitionSourceTopics: [topic('orders.a', { 'cleanup.policy': 'delete', 'retention.ms': '-1' })],
    stateChangelogTopics: [
      topic('orders.b', { 'cleanup.policy': 'compact' }),
      topic('orders.c', { 'cleanup.policy': 'compact,delete', 'retention.ms': '60000' }),
      topic('orders.d'),
    ],
  })
  await ask(request, {})
  const [made] = request.topology?.subtopologies ?? []
  const retention = [...(made?.repartitionSourceTopics ?? []), ...(made?.stateChangelogTopics ?? [])].map(
    ({ topicConfigs }) => topicConfigs.find(({ key }) => key === 'retention.ms')?.value,
  )
  expect(retention).toEqual([LIMIT, undefined, '60000', LIMIT])
})

test('a heartbeat without a topology passes unread, and when the cluster cannot be asked the member tries again', async () => {
  const step = createLimitsStep()
  const context = stepContext(streamsGroupHeartbeat, 0)
  expect(await step.request?.(context, { memberId: 'member', topology: null })).toEqual({ kind: 'forward', unchanged: true })
  const away: Answers = () => {
    throw new KaasError('kafka-unavailable', { message: 'The cluster is away.' })
  }
  const request = heartbeat({ sourceTopics: ['orders.lines'] })
  const answer = await step.request?.(stepContext(streamsGroupHeartbeat, 0, away), request as unknown as Message)
  expect(answer).toMatchObject({ kind: 'reply', response: { errorMessage: expect.stringContaining('Try again') } })
})

async function ask(
  request: Heartbeat,
  own: Readonly<Record<string, number>>,
  step = createLimitsStep(),
  shared: Readonly<Record<string, number>> = {},
) {
  const page = (topics: Readonly<Record<string, number>>) =>
    Object.entries(topics).map(([name, count]) => ({
      ...{ name, errorCode: 0 },
      partitions: Array.from({ length: count }, () => ({})),
    }))
  const answers: Answers = (api) => {
    if (api.key === metadata.key) return { topics: page(shared) }
    if (api.key === describeTopicPartitions.key) return { topics: page(own), nextCursor: null }
    throw new Error(`The cluster does not expect ${api.name}.`)
  }
  return step.request?.(stepContext(streamsGroupHeartbeat, 0, answers), request as unknown as Message)
}

function heartbeat(subtopology: Partial<Subtopology>): Heartbeat {
  const nothing = {
    sourceTopics: [],
    sourceTopicRegex: [],
    stateChangelogTopics: [],
    repartitionSinkTopics: [],
    repartitionSourceTopics: [],
    copartitionGroups: [],
  }
  return {
    memberId: 'member',
    topology: { epoch: 0, subtopologies: [{ subtopologyId: '0', ...nothing, ...subtopology }] },
  } as unknown as Heartbeat
}

function topic(name: string, configs: Readonly<Record<string, string>> = {}) {
  const topicConfigs = Object.entries(configs).map(([key, value]) => ({ key, value }))
  return { name, partitions: 0, replicationFactor: -1, topicConfigs }
}
