// SPDX-License-Identifier: Apache-2.0
import {
  consumerGroupDescribe,
  consumerGroupHeartbeat,
  createTopics,
  describeConfigs,
  describeGroups,
  describeTopicPartitions,
  fetch,
  findCoordinator,
  joinGroup,
  listGroups,
  listTransactions,
  metadata,
  offsetFetch,
  produce,
  readAssignment,
  readSubscription,
  syncGroup,
  writeAssignment,
  writeSubscription,
} from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { namesOf } from '../../test/names-of.ts'
import { stepContext, TENANT } from '../../test/step-context.ts'
import { createNamesStep } from './names-step.ts'

const step = createNamesStep()
const { toBroker, toClient } = namesOf(TENANT)
const ownId = '1'.repeat(32)
const foreignId = '2'.repeat(32)

test('a topic of a client reaches the broker behind the prefix of its tenant, in names, cursors and forgotten topics', () => {
  const asked = toBroker(fetch, 12, {
    topics: [{ topic: 'payments', partitions: [] }],
    forgottenTopicsData: [{ topic: 'refunds', partitions: [1] }],
  })
  expect(asked.topics[0]?.topic).toBe('orders.payments')
  expect(asked.forgottenTopicsData[0]?.topic).toBe('orders.refunds')
  const paged = toBroker(describeTopicPartitions, 0, {
    topics: [],
    responsePartitionLimit: 10,
    cursor: { topicName: 'payments', partitionIndex: 2 },
  })
  expect(paged.cursor?.topicName).toBe('orders.payments')
})

test('the name of another tenant in a request is a name inside the own tenant, never a way out', () => {
  for (const name of ['shop.payments', 'shop', '.', '..', '*', 'orders.', '../shop.payments', '__consumer_offsets']) {
    const { topics } = toBroker(metadata, 12, { topics: [{ name }], includeTopicAuthorizedOperations: false })
    expect(topics?.[0]?.name).toBe(`orders.${name}`)
  }
})

test('an empty name names nothing and stays empty, so that Kafka refuses it as ever', () => {
  expect(toBroker(createTopics, 7, newTopic('')).topics[0]?.name).toBe('')
})

test('a question for all topics stays one; of the answer only the own topics are left, with nothing of the others', () => {
  const context = stepContext(metadata, 12)
  expect(step.request?.(context, { topics: null, includeTopicAuthorizedOperations: false })).toEqual({
    kind: 'forward',
    unchanged: true,
  })
  const topic = { errorCode: 0, isInternal: false, partitions: [], topicAuthorizedOperations: 0 }
  const response = {
    topics: [
      { ...topic, name: 'orders.payments', topicId: ownId },
      { ...topic, name: 'shop.payments', topicId: foreignId },
      { ...topic, name: '__consumer_offsets', topicId: foreignId },
      { ...topic, name: 'orders2.payments', topicId: foreignId },
      { ...topic, name: null, topicId: foreignId, errorCode: 100 },
    ],
  }
  step.response?.(context, response)
  expect(response.topics.map(({ name }) => name)).toEqual(['payments', null])
  expect(context.foreignNames()).toBe(3)
})

test('a list of groups shows those of the tenant only', () => {
  const group = { protocolType: 'consumer', groupState: 'Stable', groupType: 'classic' }
  const { groups } = toClient(listGroups, 5, {
    groups: [
      { ...group, groupId: 'orders.readers' },
      { ...group, groupId: 'shop.readers' },
    ],
  })
  expect(groups.map(({ groupId }) => groupId)).toEqual(['readers'])
})

test('all committed offsets of a group are asked for with null topics and come back with the own names', () => {
  const request = toBroker(offsetFetch, 9, {
    groups: [{ groupId: 'readers', memberId: null, memberEpoch: -1, topics: null }],
    requireStable: false,
  })
  expect(request.groups[0]).toMatchObject({ groupId: 'orders.readers', topics: null })
  const topics = [{ name: 'orders.payments', partitions: [] }]
  const response = toClient(offsetFetch, 9, { groups: [{ groupId: 'orders.readers', topics, errorCode: 0 }] })
  expect(response.groups[0]).toMatchObject({ groupId: 'readers', topics: [{ name: 'payments' }] })
})

test('a member’s subscription reaches the broker with physical names, and the leader gets all of them with its own', () => {
  const context = stepContext(joinGroup, 5)
  const subscription = writeSubscription({
    version: 2,
    topics: ['payments', 'refunds'],
    ownedPartitions: [{ topic: 'payments', partitions: [0, 2] }],
    generationId: 7,
  })
  const request = { groupId: 'readers', protocolType: 'consumer', protocols: [{ name: 'range', metadata: subscription }] }
  step.request?.(context, request)
  const physical = readSubscription(request.protocols[0]?.metadata ?? Buffer.alloc(0))
  expect(physical).toMatchObject({
    version: 2,
    topics: ['orders.payments', 'orders.refunds'],
    ownedPartitions: [{ topic: 'orders.payments', partitions: [0, 2] }],
    generationId: 7,
  })
  const response = { members: [{ memberId: 'a', metadata: request.protocols[0]?.metadata }] }
  step.response?.(context, response)
  expect(response.members[0]?.metadata).toEqual(subscription)
})

test('an assignment made by the leader reaches the broker, and one made by the broker reaches the member, in every version', () => {
  const logical = writeAssignment({ assignedPartitions: [{ topic: 'payments', partitions: [0] }] })
  const physical = writeAssignment({ assignedPartitions: [{ topic: 'orders.payments', partitions: [0] }] })
  for (const [version, protocolType] of [
    [3, null],
    [5, 'consumer'],
  ] as const) {
    const request = toBroker(syncGroup, version, {
      groupId: 'readers',
      protocolType,
      assignments: [{ memberId: 'a', assignment: logical }],
    })
    expect(request.assignments[0]?.assignment).toEqual(physical)
    expect(toClient(syncGroup, version, { assignment: physical, protocolType }).assignment).toEqual(logical)
  }
})

test('bytes of Kafka Connect and bytes that nobody can read pass as they are', () => {
  const connect = Buffer.from('0001000000000024636f6e6e6563742d', 'hex')
  const unreadable = Buffer.from('00010000ffff', 'hex')
  for (const [protocolType, bytes] of [
    ['connect', connect],
    ['consumer', unreadable],
  ] as const) {
    const request = toBroker(joinGroup, 9, { groupId: 'g', protocolType, protocols: [{ name: 'p', metadata: bytes }] })
    expect(request.protocols[0]?.metadata).toEqual(bytes)
  }
  const assignments = [{ memberId: 'a', assignment: connect }]
  expect(toBroker(syncGroup, 3, { groupId: 'g', protocolType: null, assignments }).assignments[0]?.assignment).toEqual(
    connect,
  )
})

test('a topic of another tenant inside the bytes of a group is taken out', () => {
  const foreign = [{ topic: 'shop.payments', partitions: [0] }]
  const own = [{ topic: 'orders.payments', partitions: [1] }]
  const member = {
    memberMetadata: writeSubscription({ topics: ['orders.payments', 'shop.payments'], ownedPartitions: foreign }),
    memberAssignment: writeAssignment({ assignedPartitions: [...own, ...foreign] }),
  }
  const context = stepContext(describeGroups, 5)
  const group = { groupId: 'orders.readers', protocolType: 'consumer', members: [member] }
  step.response?.(context, { groups: [group] })
  expect(readSubscription(member.memberMetadata)).toMatchObject({ topics: ['payments'], ownedPartitions: [] })
  expect(readAssignment(member.memberAssignment).assignedPartitions).toEqual([{ topic: 'payments', partitions: [1] }])
  expect(context.foreignNames()).toBe(3)
})

test('keys of coordinators are renamed by their type and come back in the client’s names', () => {
  for (const keyType of [0, 1]) {
    const context = stepContext(findCoordinator, 4)
    const request = { keyType, key: '', coordinatorKeys: ['readers', 'writer'] }
    step.request?.(context, request)
    expect(request.coordinatorKeys).toEqual(['orders.readers', 'orders.writer'])
    const place = { nodeId: 1, host: 'h', port: 1, errorCode: 0, errorMessage: null }
    const keys = ['orders.readers', 'orders.writer', 'shop.readers']
    const response = { coordinators: keys.map((key) => ({ ...place, key })) }
    step.response?.(context, response)
    expect(response.coordinators.map(({ key }) => key)).toEqual(['readers', 'writer'])
    expect(context.foreignNames()).toBe(1)
  }
})

test('a share key, which names topic ids and is for brokers, is refused without asking one', () => {
  const result = step.request?.(stepContext(findCoordinator, 6), { keyType: 2, key: '', coordinatorKeys: ['g:x:0'] })
  expect(result).toMatchObject({ kind: 'reply', response: { coordinators: [{ key: 'g:x:0', errorCode: 42, nodeId: -1 }] } })
  const old = step.request?.(stepContext(findCoordinator, 1), { keyType: 7, key: 'k', coordinatorKeys: [] })
  expect(old).toMatchObject({ kind: 'reply', response: { errorCode: 42, host: '' } })
})

test('a regular expression sees the topics of the tenant only, and comes back as it was written', () => {
  const request = toBroker(consumerGroupHeartbeat, 1, { groupId: 'g', subscribedTopicRegex: 'pay.*|ref.*' })
  expect(request.subscribedTopicRegex).toBe('orders\\.(?:pay.*|ref.*)')
  const assignment = { topicPartitions: [] }
  const member = { subscribedTopicNames: [], subscribedTopicRegex: request.subscribedTopicRegex, assignment }
  const groups = [{ groupId: 'orders.g', members: [{ ...member, targetAssignment: assignment }] }]
  expect(toClient(consumerGroupDescribe, 1, { groups }).groups[0]?.members[0]?.subscribedTopicRegex).toBe('pay.*|ref.*')
})

test('an expression that is not complete in itself is answered as Kafka answers it, and reaches no broker', () => {
  const heartbeat = { groupId: 'g', subscribedTopicNames: null, subscribedTopicRegex: 'x)|(?:shop\\..*' }
  const result = step.request?.(stepContext(consumerGroupHeartbeat, 1), heartbeat)
  expect(result).toMatchObject({ kind: 'reply', response: { errorCode: 128 } })
  const list = { transactionalIdPattern: '(', stateFilters: [], producerIdFilters: [] }
  expect(step.request?.(stepContext(listTransactions, 2), list)).toMatchObject({ response: { errorCode: 128 } })
})

test('a walk over all topics begins at the prefix and ends where the next page would be another tenant’s', () => {
  const request = toBroker(describeTopicPartitions, 0, { topics: [], responsePartitionLimit: 10, cursor: null })
  expect(request.cursor).toEqual({ topicName: 'orders.', partitionIndex: 0 })
  const named = toBroker(describeTopicPartitions, 0, { topics: [{ name: 'a' }], responsePartitionLimit: 10, cursor: null })
  expect(named.cursor).toBeNull()
  const nextCursor = { topicName: 'shop.payments', partitionIndex: 0 }
  expect(toClient(describeTopicPartitions, 0, { topics: [], nextCursor }).nextCursor).toBeNull()
})

test('configs of brokers are refused one by one, and the topics of the same request are still asked for', () => {
  const context = stepContext(describeConfigs, 4)
  const resources = [
    { resourceType: 4, resourceName: '0', configurationKeys: null },
    { resourceType: 2, resourceName: 'payments', configurationKeys: null },
    { resourceType: 32, resourceName: 'readers', configurationKeys: null },
  ]
  const request = { resources, includeSynonyms: false, includeDocumentation: false }
  expect(step.request?.(context, request)).toEqual({ kind: 'forward' })
  expect(request.resources.map(({ resourceName }) => resourceName)).toEqual(['orders.payments', 'orders.readers'])
  const result = { errorCode: 0, errorMessage: null, resourceType: 2, resourceName: 'orders.payments', configs: [] }
  const response = { results: [result] }
  step.response?.(context, response)
  expect(response.results).toMatchObject([
    { resourceName: 'payments', errorCode: 0 },
    { resourceName: '0', resourceType: 4, errorCode: 31 },
  ])
  const only = { resources: [{ resourceType: 8, resourceName: '0', configurationKeys: null }] }
  expect(step.request?.(stepContext(describeConfigs, 4), only)).toMatchObject({
    kind: 'reply',
    response: { results: [{ errorCode: 31 }] },
  })
})

test('an error message of the broker speaks of the client’s names', () => {
  const errorMessage = 'Topic \'orders.payments\' exists; not "orders.refunds", but borders.x, and all orders. End'
  const topics = [{ name: 'orders.payments', errorCode: 36, errorMessage, configs: null }]
  expect(toClient(createTopics, 7, { topics }).topics[0]?.errorMessage).toBe(
    'Topic \'payments\' exists; not "refunds", but borders.x, and all orders. End',
  )
})

test('messages that carry no name are not looked at', () => {
  expect(step.wants(fetch.key, 13)).toEqual({ request: false, response: false })
  expect(step.wants(fetch.key, 12)).toEqual({ request: true, response: true })
  expect(step.request?.(stepContext(produce, 13), { transactionalId: null, topicData: [] })).toEqual({
    kind: 'forward',
    unchanged: true,
  })
})

function newTopic(name: string): object {
  return { topics: [{ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }] }
}
