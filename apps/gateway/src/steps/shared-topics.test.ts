// SPDX-License-Identifier: Apache-2.0
import type { SnapshotTenant } from '@kaas/domain'
import {
  consumerGroupDescribe,
  consumerGroupHeartbeat,
  createPartitions,
  createTopics,
  deleteRecords,
  deleteTopics,
  describeConfigs,
  describeTopicPartitions,
  fetch,
  incrementalAlterConfigs,
  joinGroup,
  metadata,
  offsetCommit,
  produce,
  readAssignment,
  readSubscription,
  syncGroup,
  writeAssignment,
  writeSubscription,
} from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { namesOf } from '../../test/names-of.ts'
import { TENANT } from '../../test/step-context.ts'
import type { Message } from '../step.ts'
import { nameViewOf } from './names/name-view.ts'
import { createNamesStep } from './names-step.ts'

const ID = '1'.repeat(32)
const AUTHORIZATION_FAILED = 29

/** `orders` reads `shop.sales` as `sales-of-shop`, and calls its own `payments` also `money`. */
const RECEIVER: SnapshotTenant = {
  ...TENANT,
  shares: [
    { physicalName: 'shop.sales', name: 'sales-of-shop', access: 'read' },
    { physicalName: 'orders.payments', name: 'money', access: 'read' },
  ],
}

const { toBroker, answered, throughStep } = namesOf(RECEIVER)

test('a shared topic is called by its share both ways, beside own topics, and only exactly that topic', () => {
  const view = nameViewOf(RECEIVER)
  const names = ['sales-of-shop', 'sales', 'sales-of-shop2', 'shop.sales', 'payments']
  expect(names.map((name) => view.toPhysical('topic', name))).toEqual([
    'shop.sales',
    'orders.sales',
    'orders.sales-of-shop2',
    'orders.shop.sales',
    'orders.payments',
  ])
  expect(view.toLogical('topic', 'shop.sales')).toBe('sales-of-shop')
  const foreign = ['shop.sales2', 'shop.sale', 'shop.', 'shop.sales.', 'shop']
  expect(foreign.filter((name) => !view.isForeign('topic', name))).toEqual([])
  for (const kind of ['group', 'transactionalId', 'user'] as const) {
    expect(view.toPhysical(kind, 'sales-of-shop')).toBe('orders.sales-of-shop')
    expect(view.isForeign(kind, 'shop.sales')).toBe(true)
  }
})

test('a list of all topics holds a shared one under its name, and nothing else of its owner', () => {
  const { context, response } = throughStep(
    metadata,
    12,
    { topics: null },
    { topics: [topic('orders.payments'), topic('shop.sales'), topic('shop.prices')] },
  )
  expect(response.topics).toMatchObject([{ name: 'payments' }, { name: 'sales-of-shop' }])
  expect(context.foreignNames()).toBe(1)
})

test('records, offsets and subscriptions of a shared topic reach the broker under its own name, of groups under the prefix', () => {
  expect(toBroker(fetch, 12, { topics: [{ topic: 'sales-of-shop', partitions: [] }] }).topics[0]?.topic).toBe('shop.sales')
  expect(toBroker(produce, 9, { topicData: [{ name: 'sales-of-shop', partitionData: [] }] }).topicData[0]?.name).toBe(
    'shop.sales',
  )
  const commit = toBroker(offsetCommit, 8, { groupId: 'sales-of-shop', topics: [{ name: 'sales-of-shop', partitions: [] }] })
  expect([commit.groupId, commit.topics[0]?.name]).toEqual(['orders.sales-of-shop', 'shop.sales'])
  const metadataBytes = writeSubscription(subscription('sales-of-shop'))
  const joined = toBroker(joinGroup, 9, {
    groupId: 'readers',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: metadataBytes }],
  })
  expect(readSubscription(joined.protocols[0]?.metadata ?? Buffer.alloc(0)).topics).toEqual(['shop.sales'])
})

test('an expression sees shared topics by the names they have here, and comes back as the client wrote it', () => {
  for (const [regex, sees] of [
    ['sales-.*', true],
    ['.*', true],
    ['shop\\.sales', false],
    ['sales', false],
    ['\\Qsales-of-shop', true],
  ] as const) {
    const { subscribedTopicRegex } = toBroker(consumerGroupHeartbeat, 1, { groupId: 'g', subscribedTopicRegex: regex })
    expect(subscribedTopicRegex?.startsWith('shop\\.sales|orders\\.(?:') ?? false, regex).toBe(sees)
    const member = {
      subscribedTopicRegex,
      subscribedTopicNames: [],
      assignment: { topicPartitions: [] },
      targetAssignment: { topicPartitions: [] },
    }
    const { response } = throughStep(
      consumerGroupDescribe,
      1,
      { groupIds: ['g'] },
      { groups: [{ groupId: 'orders.g', errorCode: 0, members: [member] }] },
    )
    const told = response.groups as readonly { readonly members: readonly { readonly subscribedTopicRegex: string }[] }[]
    expect(told[0]?.members[0]?.subscribedTopicRegex?.replace(/\\E$/, '')).toBe(regex)
  }
})

test('a walk over all topics begins early enough to meet a shared one', () => {
  const before = { ...RECEIVER, shares: [{ physicalName: 'alpha.events', name: 'events', access: 'read' as const }] }
  const request = { topics: [], responsePartitionLimit: 10, cursor: null }
  expect(namesOf(before).toBroker(describeTopicPartitions, 0, request).cursor).toEqual({
    topicName: 'alpha.events',
    partitionIndex: 0,
  })
})

test('a broker’s sentence about a shared topic tells the name that the client knows, and no other one', () => {
  const view = nameViewOf(RECEIVER)
  expect(view.toLogical('errorText', "Topic 'shop.sales' and orders.payments.")).toBe("Topic 'sales-of-shop' and payments.")
  expect(view.toLogical('errorText', 'Not shop.sales2 nor x.shop.sales, but shop.sales.')).toBe(
    'Not shop.sales2 nor x.shop.sales, but sales-of-shop.',
  )
})

test('who receives a topic cannot make, delete, grow, empty or configure it; the rest of the same request goes on', () => {
  const created = answered(createTopics, 7, { topics: [newTopic('sales-of-shop')], validateOnly: false })
  expect(created.topics).toMatchObject([{ name: 'sales-of-shop', errorCode: 36 }])
  for (const version of [5, 6]) {
    const request =
      version < 6 ? { topicNames: ['sales-of-shop'] } : { topics: [{ name: 'sales-of-shop', topicId: '0'.repeat(32) }] }
    const { responses } = answered(deleteTopics, version, request)
    expect(responses).toMatchObject([{ name: 'sales-of-shop', errorCode: AUTHORIZATION_FAILED }])
  }
  const partitions = [{ partitionIndex: 0, offset: 5n }]
  expect(answered(deleteRecords, 2, { topics: [{ name: 'sales-of-shop', partitions }] }).topics).toMatchObject([
    { name: 'sales-of-shop', partitions: [{ partitionIndex: 0, errorCode: AUTHORIZATION_FAILED }] },
  ])
  expect(answered(incrementalAlterConfigs, 1, { resources: [resource('sales-of-shop')] }).responses).toMatchObject([
    { resourceName: 'sales-of-shop', errorCode: AUTHORIZATION_FAILED },
  ])
  const mixed = throughStep(
    createPartitions,
    3,
    {
      topics: [
        { name: 'money', count: 9, assignments: null },
        { name: 'own', count: 9, assignments: null },
      ],
      validateOnly: false,
    },
    { results: [{ name: 'orders.own', errorCode: 0, errorMessage: null }] },
  )
  expect(mixed.request.topics).toMatchObject([{ name: 'orders.own' }])
  expect(mixed.response.results).toMatchObject([
    { name: 'own', errorCode: 0 },
    { name: 'money', errorCode: AUTHORIZATION_FAILED },
  ])
  expect(toBroker(describeConfigs, 4, { resources: [resource('sales-of-shop')] }).resources[0]?.resourceName).toBe(
    'shop.sales',
  )
})

test('who asks by the second name of a topic is answered by it, and who asks by the first by that', () => {
  const one = throughStep(metadata, 12, { topics: [{ name: 'money' }] }, { topics: [topic('orders.payments')] })
  expect(one.request.topics).toMatchObject([{ name: 'orders.payments' }])
  expect(one.response.topics).toMatchObject([{ name: 'money' }])
  const other = throughStep(
    metadata,
    12,
    { topics: [{ name: 'payments' }] },
    { topics: [topic('orders.payments')] },
    one.context.memory,
  )
  expect(other.response.topics).toMatchObject([{ name: 'payments' }])
})

test('a member that joined by the second name is told its partitions by it, whatever name the leader used', () => {
  const protocols = [{ name: 'range', metadata: writeSubscription(subscription('money')) }]
  const { memory } = throughStep(
    joinGroup,
    9,
    { groupId: 'readers', protocolType: 'consumer', protocols },
    { members: [] },
  ).context
  const assignment = writeAssignment({
    version: 3,
    assignedPartitions: [{ topic: 'orders.payments', partitions: [0] }],
    userData: null,
    rest: Buffer.alloc(0),
  })
  const { response } = throughStep(
    syncGroup,
    5,
    { groupId: 'readers', protocolType: 'consumer', assignments: [] },
    { protocolType: 'consumer', assignment },
    memory,
  )
  expect(readAssignment(response.assignment as Buffer).assignedPartitions).toMatchObject([{ topic: 'money' }])
})

test('an answer is read with the names its request was written with, and a name that is gone is none', () => {
  const { context } = throughStep(metadata, 12, { topics: [{ name: 'money' }] }, { topics: [] })
  const response = { topics: [topic('orders.payments')] } as unknown as Message
  createNamesStep().response?.({ ...context, tenant: TENANT }, response)
  expect(response.topics).toMatchObject([{ name: 'payments' }])
})

function topic(name: string) {
  return { name, topicId: ID, errorCode: 0, isInternal: false, partitions: [], topicAuthorizedOperations: 0 }
}

function newTopic(name: string) {
  return { name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }
}

function resource(resourceName: string) {
  return { resourceType: 2, resourceName, configs: [], configurationKeys: null }
}

function subscription(name: string) {
  return {
    version: 3,
    topics: [name],
    userData: null,
    ownedPartitions: [],
    generationId: -1,
    rackId: null,
    rest: Buffer.alloc(0),
  }
}
