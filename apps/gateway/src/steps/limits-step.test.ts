// SPDX-License-Identifier: Apache-2.0
/** Against answers of a broker as the real one gives them; `steps.int.test.ts` asks the real one. The tenant may have 10 partitions. */
import { KaasError } from '@kaas/errors'
import {
  type Api,
  alterConfigs,
  createPartitions,
  createTopics,
  deleteTopics,
  describeConfigs,
  describeTopicPartitions,
  incrementalAlterConfigs,
  metadata,
} from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { type Answers, stepContext } from '../../test/step-context.ts'
import type { Message, Step, StepResult } from '../step.ts'
import { createLimitsStep } from './limits-step.ts'

const DAY_MS = 86_400_000
const WEEK = String(7 * DAY_MS)

/** A cluster with topics, by partitions; topics get three partitions by default. */
function cluster(topics: Readonly<Record<string, number>> = {}, retention = WEEK): Answers {
  return (api, request) => {
    switch (api.key) {
      case describeTopicPartitions.key:
        return page(topics)
      case metadata.key:
        return { topics: page(topics).topics }
      case createTopics.key:
        return dryRun(request as never, topics, retention)
      case describeConfigs.key:
        return configsOf(request as never, retention)
      default:
        throw new Error(`The cluster does not expect ${api.name}.`)
    }
  }
}

test('a topic that fits is let through, one that does not is refused with the limit, and the others of the request go on', async () => {
  const step = createLimitsStep()
  const context = stepContext(createTopics, 7, cluster({ 'orders.old': 4 }, '1000'))
  const request = topicsRequest(['orders.a', 3], ['orders.b', 5], ['orders.c', 3])
  expect(await ask(step, context, request)).toEqual({ kind: 'forward' })
  expect(request.topics.map(({ name }) => name)).toEqual(['orders.a', 'orders.c'])
  const response = { topics: [{ name: 'orders.a', errorCode: 0 }] as Message[] }
  step.response?.(context, response)
  expect(response.topics[1]).toMatchObject({ name: 'orders.b', errorCode: 44 })
  expect(response.topics[1]?.errorMessage).toMatch(/may have 10 partitions and has 7; this would add 5\..*raise/)
})

test('a topic without a number of partitions counts with what the brokers would give it', async () => {
  const request = topicsRequest(['orders.a', -1])
  const result = await ask(createLimitsStep(), stepContext(createTopics, 7, cluster({ 'orders.old': 8 })), request)
  expect(result).toMatchObject({ kind: 'reply', response: { topics: [{ name: 'orders.a', errorCode: 44 }] } })
})

test('partitions are counted with the gateway’s own identity, as a user may see some topics only', async () => {
  const context = stepContext(createTopics, 7, cluster({ 'orders.old': 8 }))
  await ask(createLimitsStep(), context, topicsRequest(['orders.a', 3]))
  expect(context.asked.map(({ api, isService }) => [api.name, isService])).toEqual([
    ['CreateTopics', false],
    ['DescribeTopicPartitions', true],
  ])
  expect(context.asked[0]?.request).toMatchObject({ validateOnly: true })
})

test('topics that were let through a moment ago count before brokers tell of them, until the broker refuses or they are deleted', async () => {
  const step = createLimitsStep()
  const create = (name: string) => ask(step, stepContext(createTopics, 7, cluster()), topicsRequest([name, 6]))
  expect((await create('orders.a')).kind).toBe('forward')
  expect((await create('orders.b')).kind).toBe('reply')
  step.response?.(stepContext(createTopics, 7), { topics: [{ name: 'orders.a', errorCode: 36 }] })
  expect((await create('orders.b')).kind).toBe('forward')
  step.response?.(stepContext(deleteTopics, 6), { responses: [{ name: 'orders.b', errorCode: 0 }] })
  expect((await create('orders.c')).kind).toBe('forward')
})

test('a dry run of the client is judged and not remembered', async () => {
  const step = createLimitsStep()
  for (const name of ['orders.a', 'orders.b']) {
    const request = { ...topicsRequest([name, 6]), validateOnly: true }
    expect((await ask(step, stepContext(createTopics, 7, cluster()), request)).kind).toBe('forward')
  }
})

test('a retention above the tenant’s, or without end, is refused; a topic called . or .. is none', async () => {
  const request = topicsRequest(['orders.a', 1, '-1'], ['orders.b', 1, WEEK], ['orders..', 1], ['orders...', 1])
  const result = await ask(createLimitsStep(), stepContext(createTopics, 7, cluster()), request)
  const refusals = [44, 44, 17, 17].map((errorCode) => ({ errorCode }))
  expect(result).toMatchObject({ kind: 'reply', response: { topics: refusals } })
})

test('a topic that says nothing gets the tenant’s retention only if the brokers would keep data longer', async () => {
  for (const [byDefault, expected] of [
    [WEEK, [{ name: 'retention.ms', value: String(DAY_MS) }]],
    ['3600000', []],
  ] as const) {
    const request = topicsRequest(['orders.a', 1])
    await ask(createLimitsStep(), stepContext(createTopics, 7, cluster({}, byDefault)), request)
    expect(request.topics[0]?.configs).toEqual(expected)
  }
})

test('more partitions for a topic count by what they add', async () => {
  const answers = cluster({ 'orders.a': 4, 'orders.b': 2 })
  const request = {
    topics: [
      { name: 'orders.a', count: 8, assignments: null },
      { name: 'orders.b', count: 3, assignments: null },
      { name: 'orders.none', count: 90, assignments: null },
    ],
    timeoutMs: 1,
    validateOnly: false,
  }
  const context = stepContext(createPartitions, 3, answers)
  const step = createLimitsStep()
  await ask(step, context, request)
  expect(request.topics.map(({ name }) => name)).toEqual(['orders.a', 'orders.none'])
  const response = { results: [] as Message[] }
  step.response?.(context, response)
  expect(response.results).toMatchObject([{ name: 'orders.b', errorCode: 44 }])
})

test('configs beyond the retention are refused one by one; other resources and other configs pass', async () => {
  const change = (resourceName: string, value: string, name = 'retention.ms', resourceType = 2) => ({
    resourceType,
    resourceName,
    configs: [{ name, configOperation: 0, value }],
  })
  const request = {
    resources: [
      change('orders.a', WEEK),
      change('orders.b', '1000'),
      change('orders.c', WEEK, 'segment.ms'),
      change('orders.g', '9', 'consumer.session.timeout.ms', 32),
    ],
    validateOnly: false,
  }
  const context = stepContext(incrementalAlterConfigs, 1, cluster())
  const step = createLimitsStep()
  await ask(step, context, request)
  expect(request.resources.map(({ resourceName }) => resourceName)).toEqual(['orders.b', 'orders.c', 'orders.g'])
  const response = { responses: [] as Message[] }
  step.response?.(context, response)
  expect(response.responses).toMatchObject([{ resourceType: 2, resourceName: 'orders.a', errorCode: 44 }])
})

test('leaving the retention out, or deleting it, gives the tenant’s where the brokers would keep data longer', async () => {
  for (const [byDefault, expected] of [
    [WEEK, String(DAY_MS)],
    ['3600000', undefined],
  ] as const) {
    const replacing = { resources: [{ resourceType: 2, resourceName: 'orders.a', configs: [] as Message[] }] }
    await ask(createLimitsStep(), stepContext(alterConfigs, 2, cluster({}, byDefault)), replacing)
    expect(replacing.resources[0]?.configs[0]?.value).toBe(expected)
    const config = { name: 'retention.ms', configOperation: 1, value: null as string | null }
    const deleting = { resources: [{ resourceType: 2, resourceName: 'orders.a', configs: [config] }] }
    await ask(createLimitsStep(), stepContext(incrementalAlterConfigs, 1, cluster({}, byDefault)), deleting)
    expect(config).toMatchObject(expected === undefined ? { configOperation: 1 } : { configOperation: 0, value: expected })
  }
})

test('when the cluster cannot be asked nothing is created, and the client may try again', async () => {
  const away: Answers = () => {
    throw new KaasError('kafka-unavailable', { message: 'The broker is away.' })
  }
  const result = await ask(createLimitsStep(), stepContext(createTopics, 7, away), topicsRequest(['orders.a', 1]))
  expect(result).toMatchObject({ kind: 'reply', response: { topics: [{ name: 'orders.a', errorCode: 15 }] } })
})

test('a gateway without an identity of its own counts what the user can see', async () => {
  const answers: Answers = (api, request, isService) => {
    if (isService) throw new KaasError('credentials-missing', { message: 'No login.' })
    return cluster({ 'orders.old': 9 })(api, request, isService)
  }
  const result = await ask(createLimitsStep(), stepContext(createTopics, 7, answers), topicsRequest(['orders.a', 3]))
  expect(result).toMatchObject({ kind: 'reply', response: { topics: [{ errorCode: 44 }] } })
})

test('a Kafka that cannot be walked by prefix is counted all the same', async () => {
  const answers: Answers = (api, request, isService) => {
    if (api.key === describeTopicPartitions.key) throw new KaasError('not-supported', { message: 'Too old.' })
    return cluster({ 'orders.old': 9, 'shop.payments': 50 })(api, request, isService)
  }
  const context = stepContext(createTopics, 7, answers)
  expect(await ask(createLimitsStep(), context, topicsRequest(['orders.a', 2]))).toMatchObject({
    response: { topics: [{ errorCode: 44, errorMessage: expect.stringContaining('has 9; this would add 2') }] },
  })
  expect(await ask(createLimitsStep(), context, topicsRequest(['orders.a', 1]))).toEqual({ kind: 'forward' })
})

test('asking for the metadata of a topic creates none, in old versions neither', async () => {
  const step = createLimitsStep()
  const request = { topics: [{ name: 'orders.a' }], allowAutoTopicCreation: true }
  expect(await ask(step, stepContext(metadata, 12), request)).toEqual({ kind: 'forward' })
  expect(request.allowAutoTopicCreation).toBe(false)
  const answer = { brokers: [], topics: [] }
  const context = stepContext(metadata, 1, () => answer)
  expect(await ask(step, context, { topics: [{ name: 'orders.a' }], allowAutoTopicCreation: true })).toEqual({
    kind: 'reply',
    response: answer,
  })
  expect(context.asked[0]?.request).toMatchObject({ allowAutoTopicCreation: false })
  for (const [version, topics] of [
    [0, []],
    [1, null],
  ] as const) {
    expect(await ask(step, stepContext(metadata, version), { topics, allowAutoTopicCreation: true })).toMatchObject({
      kind: 'forward',
    })
  }
})

async function ask(step: Step, context: Parameters<NonNullable<Step['request']>>[0], message: object): Promise<StepResult> {
  return (await step.request?.(context, message as Message)) ?? { kind: 'forward' }
}

function topicsRequest(...topics: readonly (readonly [name: string, partitions: number, retention?: string])[]) {
  return {
    topics: topics.map(([name, numPartitions, retention]) => ({
      name,
      numPartitions,
      replicationFactor: 1,
      assignments: [],
      configs: retention === undefined ? [] : [{ name: 'retention.ms', value: retention }],
    })),
    timeoutMs: 1000,
    validateOnly: false,
  }
}

function page(topics: Readonly<Record<string, number>>) {
  const listed = Object.entries(topics).map(([name, count]) => ({
    name,
    partitions: Array.from({ length: count }, () => ({})),
  }))
  return { topics: listed, nextCursor: { topicName: 'shop.payments', partitionIndex: 0 } }
}

function dryRun(
  request: ReturnType<typeof topicsRequest>,
  topics: Readonly<Record<string, number>>,
  retention: string,
): unknown {
  return {
    topics: request.topics.map(({ name, numPartitions }) => ({
      name,
      errorCode: name in topics ? 36 : 0,
      numPartitions: numPartitions < 0 ? 3 : numPartitions,
      configs: [{ name: 'retention.ms', value: retention }],
    })),
  }
}

function configsOf(request: { resources: readonly { resourceName: string }[] }, retention: string): unknown {
  const synonyms = [{ name: 'log.retention.ms', value: retention, source: 4 }]
  return { results: request.resources.map(({ resourceName }) => ({ resourceName, configs: [{ synonyms }] })) }
}

const limited: readonly Api[] = [createTopics, createPartitions, alterConfigs, incrementalAlterConfigs]
test('every API that can go beyond a limit is looked at in every version', () => {
  for (const { key, versions } of limited) {
    for (let version = versions[0]; version <= versions[1]; version++) {
      expect(createLimitsStep().wants(key, version)).toEqual({ request: true, response: true })
    }
  }
})
